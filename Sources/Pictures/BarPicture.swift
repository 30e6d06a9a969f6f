/// Draws values between −1 and 1 as bars from a middle line, a row each, between the words of their two ends.
public enum BarPicture {
  /// A row.
  public struct Bar: Sendable, Equatable {
    /// What the left end and the right end say.
    public var low: String
    public var high: String
    /// −1 … 1; what is beyond counts as the end.
    public var value: Double
    /// How unsure the value is: a line of so much to both sides.
    public var deviation: Double
    /// Whether it is drawn paler than others.
    public var isFaint: Bool

    public init(low: String, high: String, value: Double, deviation: Double, isFaint: Bool = false) {
      (self.low, self.high, self.value, self.deviation) = (low, high, value, deviation)
      self.isFaint = isFaint
    }
  }

  private static let rowHeight = 28
  private static let top = 52
  private static let bottom = 68

  /// A picture of the rows, from top to bottom, with an axis below them.
  /// - Parameters:
  ///   - label: of the axis.
  ///   - width: of the whole picture, in pixels, at least 640.
  public static func draw(title: String, label: String, bars: [Bar], width: Int = 960) -> Picture {
    precondition(width >= 640, "bars need 640 pixels, not \(width)")
    let words = bars.flatMap { [$0.low, $0.high] }.map { Picture.fitted($0, width: width / 4) }
    let side = PlotStyle.margin + (words.map { Picture.textWidth($0) }.max() ?? 0) + 2 * PlotStyle.gap
    let area = PlotArea(
      x: side, y: top, width: width - 2 * side, height: max(1, bars.count) * rowHeight)
    var picture = Picture(width: width, height: area.bottom + bottom, color: PlotStyle.background)
    let ticks = AxisTicks.linear(-1...1, count: 5)
    for value in ticks.values {
      let color = value == 0 ? PlotStyle.axis : PlotStyle.grid
      picture.fill(x: column(value, area), y: area.y, width: 1, height: area.height, color: color)
    }
    for (place, bar) in bars.enumerated() { draw(bar, row: area.y + place * rowHeight, in: area, on: &picture) }
    area.drawBorder(on: &picture)
    area.drawBottomTicks(
      zip(ticks.values, ticks.labels).map { (position: Double(column($0, area) - area.x), label: $1) }, on: &picture)
    picture.drawText(
      Picture.fitted(title, width: width - 2 * PlotStyle.margin), x: PlotStyle.margin, y: PlotStyle.margin,
      color: PlotStyle.title)
    area.drawBottomLabel(label, on: &picture)
    return picture
  }

  private static func column(_ value: Double, _ area: PlotArea) -> Int {
    area.x + Int(((min(max(value, -1), 1) + 1) / 2 * Double(area.width - 1)).rounded())
  }

  private static func draw(_ bar: Bar, row: Int, in area: PlotArea, on picture: inout Picture) {
    let (middle, end) = (column(0, area), column(bar.value, area))
    let color = PlotStyle.series(0).blended(with: PlotStyle.background, coverage: bar.isFaint ? 0.6 : 0)
    picture.fill(
      x: min(middle, end), y: row + 7, width: abs(end - middle) + 1, height: rowHeight - 14, color: color)
    let (from, to) = (column(bar.value - bar.deviation, area), column(bar.value + bar.deviation, area))
    let line = PlotStyle.title
    picture.fill(x: from, y: row + rowHeight / 2, width: to - from + 1, height: 1, color: line)
    for x in [from, to] { picture.fill(x: x, y: row + rowHeight / 2 - 4, width: 1, height: 9, color: line) }
    let textRow = row + (rowHeight - Picture.TextSize.normal.capHeight) / 2
    let (low, high) = (
      Picture.fitted(bar.low, width: picture.width / 4), Picture.fitted(bar.high, width: picture.width / 4)
    )
    picture.drawText(
      low, x: area.x - 2 * PlotStyle.gap - Picture.textWidth(low), y: textRow, color: PlotStyle.label)
    picture.drawText(high, x: area.right + 2 * PlotStyle.gap, y: textRow, color: PlotStyle.label)
  }
}
