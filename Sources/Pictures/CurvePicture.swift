import Foundation

/// Draws curves over one pair of axes: losses over steps, errors over settings.
public enum CurvePicture {
  /// A curve: its name in the legend, and its points in the order in which they are joined.
  public typealias Series = (name: String, points: [(x: Double, y: Double)])

  /// A picture of curves with axes, a grid and, for two curves or more, a legend.
  ///
  /// A point that is not finite (or, with `logY`, not positive) breaks its curve.
  /// - Parameters:
  ///   - logY: a logarithmic vertical axis.
  ///   - width: of the whole picture, in pixels, at least 320.
  ///   - height: of the whole picture, in pixels, at least 240.
  public static func draw(
    title: String, xLabel: String, yLabel: String, series: [Series], logY: Bool = false, width: Int = 960,
    height: Int = 540
  ) -> Picture {
    precondition(width >= 320 && height >= 240, "curves need 320 × 240 pixels, not \(width) × \(height)")
    var picture = Picture(width: width, height: height, color: PlotStyle.background)
    let kept = series.map { line in (name: line.name, points: line.points.map { usable($0, logY: logY) }) }
    let yRange = range(kept.flatMap { $0.points.map(\.y) }, isLogarithmic: logY)
    let xRange = range(kept.flatMap { $0.points.map(\.x) }, isLogarithmic: false, padding: 0)
    let tickCount = max(2, height / 70)
    let yTicks = logY ? AxisTicks.logarithmic(yRange, count: tickCount) : .linear(yRange, count: tickCount)
    let labelWidth = yTicks.labels.map { Picture.textWidth($0) }.max() ?? 0
    let left = PlotStyle.margin + 28 + labelWidth + PlotStyle.gap + PlotStyle.tick
    let area = PlotArea(x: left, y: 52, width: width - left - 28, height: height - 52 - 68)
    let plot = Plot(area: area, xRange: xRange, yRange: yRange, logY: logY)

    drawAxes(plot, yTicks: yTicks, on: &picture)
    let curves = kept.map { $0.points.map(plot.pixel) }
    for (index, curve) in curves.enumerated() { picture.drawLine(through: curve, color: PlotStyle.series(index)) }
    if series.count > 1 { drawLegend(series.map(\.name), avoiding: curves.flatMap { $0 }, in: area, on: &picture) }
    area.drawTitle(title, width: area.width, on: &picture)
    area.drawBottomLabel(xLabel, on: &picture)
    let vertical = Picture.fitted(yLabel, width: area.height)
    let middle = area.y + (area.height + Picture.textWidth(vertical)) / 2
    picture.drawText(vertical, x: PlotStyle.margin, y: middle, color: PlotStyle.label, upwards: true)
    return picture
  }

  /// From the data's numbers to pixels.
  private struct Plot {
    let area: PlotArea
    let xRange: ClosedRange<Double>
    let yRange: ClosedRange<Double>
    let logY: Bool

    func column(_ x: Double) -> Double {
      (x - xRange.lowerBound) / (xRange.upperBound - xRange.lowerBound) * Double(area.width)
    }

    /// Pixels up from the bottom edge.
    func elevation(_ y: Double) -> Double {
      let (low, high) = (yRange.lowerBound, yRange.upperBound)
      let share = logY ? log(y / low) / log(high / low) : (y - low) / (high - low)
      return share * Double(area.height)
    }

    func pixel(_ point: (x: Double, y: Double)) -> (x: Double, y: Double) {
      (x: Double(area.x) + column(point.x), y: Double(area.bottom) - elevation(point.y))
    }
  }

  private static func usable(_ point: (x: Double, y: Double), logY: Bool) -> (x: Double, y: Double) {
    point.x.isFinite && point.y.isFinite && (!logY || point.y > 0) ? point : (x: .nan, y: .nan)
  }

  /// The span of the finite values, a little wider, and never empty.
  private static func range(_ values: [Double], isLogarithmic: Bool, padding: Double = 0.05) -> ClosedRange<Double> {
    let finite = values.filter(\.isFinite)
    guard let low = finite.min(), let high = finite.max() else { return isLogarithmic ? 0.1...1 : 0...1 }
    if isLogarithmic {
      let factor = low == high ? 2 : pow(high / low, padding)
      return low / factor...high * factor
    }
    let margin = low == high ? max(abs(low) * 0.5, 0.5) : (high - low) * padding
    return low - margin...high + margin
  }

  private static func drawAxes(_ plot: Plot, yTicks: AxisTicks, on picture: inout Picture) {
    let area = plot.area
    let xTicks = AxisTicks.linear(plot.xRange, count: max(2, area.width / 110))
    for x in xTicks.values {
      let column = area.x + Int(plot.column(x))
      picture.fill(x: column, y: area.y, width: 1, height: area.height, color: PlotStyle.grid)
    }
    for y in yTicks.values {
      let row = area.bottom - Int(plot.elevation(y).rounded())
      picture.fill(x: area.x, y: row, width: area.width, height: 1, color: PlotStyle.grid)
    }
    area.drawBorder(on: &picture)
    area.drawBottomTicks(
      zip(xTicks.values, xTicks.labels).map { (position: plot.column($0), label: $1) }, on: &picture)
    area.drawSideTicks(
      zip(yTicks.values, yTicks.labels).map { (position: plot.elevation($0), label: $1) }, on: &picture)
  }

  /// Names in the corner that the curves leave the emptiest, the upper right one if they leave several.
  private static func drawLegend(
    _ names: [String], avoiding points: [(x: Double, y: Double)], in area: PlotArea,
    on picture: inout Picture
  ) {
    let lineHeight = 24
    let sample = 28
    let fitted = names.map { Picture.fitted($0, width: area.width / 2) }
    let width = (fitted.map { Picture.textWidth($0) }.max() ?? 0) + sample + 40
    let height = names.count * lineHeight + 12
    let columns = [area.right - width - 12, area.x + 12]
    let rows = [area.y + 12, area.bottom - height - 12]
    let corners = rows.flatMap { row in columns.map { (left: $0, top: row) } }
    let crowds = corners.map { corner in
      points.count {
        ($0.x - Double(corner.left) - Double(width) / 2).magnitude < Double(width) / 2 + 6
          && ($0.y - Double(corner.top) - Double(height) / 2).magnitude < Double(height) / 2 + 6
      }
    }
    let best = crowds.firstIndex(of: crowds.min() ?? 0) ?? 0
    let (left, top) = corners[best]
    picture.fill(x: left, y: top, width: width, height: height, color: PlotStyle.grid)
    picture.fill(x: left + 1, y: top + 1, width: width - 2, height: height - 2, color: PlotStyle.background)
    for (index, name) in fitted.enumerated() {
      let row = top + 11 + index * lineHeight
      let start = (x: Double(left + 14), y: Double(row) + 7)
      picture.drawLine(
        through: [start, (x: start.x + Double(sample), y: start.y)], width: 3, color: PlotStyle.series(index))
      picture.drawText(name, x: left + sample + 26, y: row, color: PlotStyle.label)
    }
  }
}
