/// Many pictures on one, to be seen at a glance.
public enum PictureSheet {
  /// Pictures row by row in cells of one size, each under its caption.
  /// - Parameters:
  ///   - columns: pictures a row.
  ///   - captions: one each, or none at all; shortened to the width of the cell.
  /// - Precondition: there is a picture, `columns` is positive, and `captions` is empty or as long as `pictures`.
  public static func grid(of pictures: [Picture], columns: Int, captions: [String] = []) -> Picture {
    precondition(!pictures.isEmpty, "a sheet needs a picture")
    precondition(columns > 0, "a sheet cannot have \(columns) columns")
    precondition(
      captions.isEmpty || captions.count == pictures.count, "\(captions.count) captions for \(pictures.count) pictures")
    let gap = PlotStyle.margin
    let columnCount = min(columns, pictures.count)
    let rowCount = (pictures.count + columnCount - 1) / columnCount
    let captionHeight = captions.isEmpty ? 0 : 32
    let cellWidth = pictures.map(\.width).max() ?? 0
    let cellHeight = (pictures.map(\.height).max() ?? 0) + captionHeight
    var sheet = Picture(
      width: columnCount * (cellWidth + gap) + gap, height: rowCount * (cellHeight + gap) + gap,
      color: PlotStyle.background)
    for (index, picture) in pictures.enumerated() {
      let x = gap + index % columnCount * (cellWidth + gap)
      let y = gap + index / columnCount * (cellHeight + gap)
      sheet.draw(picture, x: x, y: y + captionHeight)
      guard !captions.isEmpty else { continue }
      let caption = Picture.fitted(captions[index], width: cellWidth)
      sheet.drawText(caption, x: x, y: y + 8, color: PlotStyle.title)
    }
    return sheet
  }
}
