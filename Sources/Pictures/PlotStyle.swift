/// The colours and distances that all plots share.
enum PlotStyle {
  static let background = PictureColor(red: 17, green: 17, blue: 23)
  static let grid = PictureColor(red: 44, green: 44, blue: 54)
  static let axis = PictureColor(red: 110, green: 110, blue: 124)
  static let label = PictureColor(red: 178, green: 178, blue: 190)
  static let title = PictureColor(red: 238, green: 238, blue: 244)

  /// Length of a tick, in pixels.
  static let tick = 6
  /// Between a tick and its label.
  static let gap = 6
  /// At the edges of a picture.
  static let margin = 16

  /// Colours for curves: one lightness, hues apart, the nearest to each other far apart in the order.
  static func series(_ index: Int) -> PictureColor {
    let hues: [Double] = [235, 55, 155, 345, 95, 300]
    let lightness = 0.8 - 0.14 * Double(index / hues.count % 3)
    return PictureColor(lightness: lightness, chroma: 0.14, hue: hues[index % hues.count])
  }
}
