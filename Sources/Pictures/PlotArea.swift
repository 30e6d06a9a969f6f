/// The rectangle of a picture that data fills, with axes drawn around it.
struct PlotArea {
  /// Left and top edge, in pixels.
  var x: Int
  var y: Int
  var width: Int
  var height: Int

  var right: Int { x + width }
  var bottom: Int { y + height }

  /// A border of one pixel around the area.
  func drawBorder(on picture: inout Picture) {
    picture.fill(x: x - 1, y: y - 1, width: width + 2, height: 1, color: PlotStyle.axis)
    picture.fill(x: x - 1, y: bottom, width: width + 2, height: 1, color: PlotStyle.axis)
    picture.fill(x: x - 1, y: y - 1, width: 1, height: height + 2, color: PlotStyle.axis)
    picture.fill(x: right, y: y - 1, width: 1, height: height + 2, color: PlotStyle.axis)
  }

  /// Ticks below the area; positions are pixels from its left edge.
  func drawBottomTicks(_ ticks: [(position: Double, label: String)], on picture: inout Picture) {
    var free = Int.min
    for tick in ticks {
      let column = x + Int(tick.position.rounded(.down))
      picture.fill(x: min(column, right - 1), y: bottom, width: 1, height: PlotStyle.tick, color: PlotStyle.axis)
      let textWidth = Picture.textWidth(tick.label)
      let left = min(column - textWidth / 2, picture.width - textWidth - 2)
      guard left >= free else { continue }
      picture.drawText(tick.label, x: left, y: bottom + PlotStyle.tick + PlotStyle.gap, color: PlotStyle.label)
      free = left + textWidth + 2 * PlotStyle.gap
    }
  }

  /// Ticks at the left or right of the area; positions are pixels up from its bottom edge. A label that would touch an
  /// earlier one is left out.
  func drawSideTicks(_ ticks: [(position: Double, label: String)], atRight: Bool = false, on picture: inout Picture) {
    let capHeight = Picture.TextSize.normal.capHeight
    var taken: [Int] = []
    for tick in ticks {
      let row = min(max(bottom - Int(tick.position.rounded()), y), bottom - 1)
      let middle = row - capHeight / 2
      picture.fill(
        x: atRight ? right : x - PlotStyle.tick, y: row, width: PlotStyle.tick, height: 1, color: PlotStyle.axis)
      guard taken.allSatisfy({ abs($0 - middle) >= capHeight + 3 }) else { continue }
      taken.append(middle)
      let left =
        atRight
        ? right + PlotStyle.tick + PlotStyle.gap
        : x - PlotStyle.tick - PlotStyle.gap - Picture.textWidth(tick.label)
      picture.drawText(tick.label, x: left, y: middle, color: PlotStyle.label)
    }
  }

  /// A title above the area, from its left edge, shortened to `width` pixels.
  func drawTitle(_ title: String, width: Int, on picture: inout Picture) {
    picture.drawText(Picture.fitted(title, width: width), x: x, y: PlotStyle.margin, color: PlotStyle.title)
  }

  /// A label centred below the ticks.
  func drawBottomLabel(_ label: String, on picture: inout Picture) {
    let text = Picture.fitted(label, width: width)
    let row = bottom + PlotStyle.tick + 2 * PlotStyle.gap + Picture.TextSize.normal.capHeight + 2
    picture.drawText(text, x: x + (width - Picture.textWidth(text)) / 2, y: row, color: PlotStyle.label)
  }
}

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
