/// Draws log-mel frames: time to the right, frequency upwards, level as colour.
public enum SpectrogramPicture {
  private static let leastPlotWidth = 640
  private static let greatestPlotWidth = 1600
  private static let leastPlotHeight = 384
  private static let barWidth = 16
  /// The first have precedence where labels are crowded.
  private static let labelledHertz: [Float] = [100, 1000, 10_000, 20_000, 500, 200, 5000, 2000, 50]

  /// A picture of frames with axes in seconds and hertz and a colour bar in decibels.
  ///
  /// Short clips get several columns a frame, long ones several frames a column (their mean).
  /// - Parameters:
  ///   - values: `[frame, band]`, −1…1; −1 and NaN are black.
  ///   - secondsPerFrame: the hop, in seconds.
  ///   - bandHertz: centre of each band in rising order.
  ///   - title: shown above, shortened to the width.
  ///   - floorDecibels: the level that −1 stands for; 1 stands for 0 dBFS.
  /// - Precondition: `values` holds `frameCount · melBandCount` numbers, `bandHertz` `melBandCount`, and none is empty.
  public static func draw(
    values: [Float], frameCount: Int, melBandCount: Int, secondsPerFrame: Double, bandHertz: [Float],
    title: String? = nil, floorDecibels: Double = -100
  ) -> Picture {
    precondition(frameCount > 0 && melBandCount > 0, "\(frameCount) frames of \(melBandCount) bands cannot be drawn")
    precondition(
      values.count == frameCount * melBandCount, "\(values.count) values are not \(frameCount) × \(melBandCount)")
    precondition(bandHertz.count == melBandCount, "\(bandHertz.count) frequencies for \(melBandCount) bands")
    let columnsPerFrame = max(1, (leastPlotWidth + frameCount - 1) / frameCount)
    let rowsPerBand = max(1, (leastPlotHeight + melBandCount - 1) / melBandCount)
    let area = PlotArea(
      x: 64, y: title == nil ? 40 : 72, width: min(frameCount * columnsPerFrame, greatestPlotWidth),
      height: melBandCount * rowsPerBand)
    var picture = Picture(width: area.right + 116, height: area.bottom + 64, color: PlotStyle.background)
    drawFrames(values, frameCount: frameCount, melBandCount: melBandCount, area: area, on: &picture)
    area.drawBorder(on: &picture)
    if let title { area.drawTitle(title, width: picture.width - area.x - PlotStyle.margin, on: &picture) }
    drawTimeAxis(seconds: Double(frameCount) * secondsPerFrame, area: area, on: &picture)
    drawFrequencyAxis(bandHertz, area: area, on: &picture)
    drawColorBar(floorDecibels: floorDecibels, beside: area, on: &picture)
    return picture
  }

  private static func drawFrames(
    _ values: [Float], frameCount: Int, melBandCount: Int, area: PlotArea, on picture: inout Picture
  ) {
    let rowsPerBand = area.height / melBandCount
    for column in 0..<area.width {
      let first = column * frameCount / area.width
      let last = max(first + 1, (column + 1) * frameCount / area.width)
      for band in 0..<melBandCount {
        var sum: Float = 0
        for frame in first..<last { sum += values[frame * melBandCount + band] }
        let color = ColorMap.color((sum / Float(last - first) + 1) / 2)
        let row = area.bottom - (band + 1) * rowsPerBand
        picture.fill(x: area.x + column, y: row, width: 1, height: rowsPerBand, color: color)
      }
    }
  }

  private static func drawTimeAxis(seconds: Double, area: PlotArea, on picture: inout Picture) {
    let ticks = AxisTicks.linear(0...max(seconds, .leastNormalMagnitude), count: area.width / 80)
    area.drawBottomTicks(
      zip(ticks.values, ticks.labels).map { (position: $0 / seconds * Double(area.width), label: $1) }, on: &picture)
    area.drawBottomLabel("seconds", on: &picture)
  }

  private static func drawFrequencyAxis(_ bandHertz: [Float], area: PlotArea, on picture: inout Picture) {
    let rowsPerBand = Double(area.height / bandHertz.count)
    let ticks = labelledHertz.compactMap { hertz -> (position: Double, label: String)? in
      guard let band = position(of: hertz, in: bandHertz) else { return nil }
      let label = hertz < 1000 ? "\(Int(hertz))" : "\(Int(hertz / 1000))k"
      return (position: (band + 0.5) * rowsPerBand, label: label)
    }
    area.drawSideTicks(ticks, on: &picture)
    picture.drawText("Hz", x: area.x - PlotStyle.tick - PlotStyle.gap - 22, y: area.y - 30, color: PlotStyle.label)
  }

  /// Where a frequency lies among the bands' centres, as a fraction of bands; `nil` if outside.
  package static func position(of hertz: Float, in bandHertz: [Float]) -> Double? {
    guard let above = bandHertz.firstIndex(where: { $0 >= hertz }) else {
      // The uppermost band reaches as far above its centre as the next lower centre lies below.
      guard let last = bandHertz.last, bandHertz.count > 1 else { return nil }
      let spacing = last - bandHertz[bandHertz.count - 2]
      let excess = (hertz - last) / spacing
      return excess <= 1.1 ? Double(bandHertz.count - 1) + Double(min(excess, 0.5)) : nil
    }
    guard above > 0 else { return bandHertz[0] == hertz ? 0 : nil }
    let (low, high) = (bandHertz[above - 1], bandHertz[above])
    return Double(above - 1) + Double((hertz - low) / (high - low))
  }

  private static func drawColorBar(floorDecibels: Double, beside area: PlotArea, on picture: inout Picture) {
    let bar = PlotArea(x: area.right + 24, y: area.y, width: barWidth, height: area.height)
    for row in 0..<bar.height {
      let color = ColorMap.color(1 - Float(row) / Float(max(1, bar.height - 1)))
      picture.fill(x: bar.x, y: bar.y + row, width: bar.width, height: 1, color: color)
    }
    bar.drawBorder(on: &picture)
    let ticks = AxisTicks.linear(min(floorDecibels, -1)...0, count: max(1, bar.height / 60))
    let span = max(-floorDecibels, 1)
    bar.drawSideTicks(
      zip(ticks.values, ticks.labels).map { (position: ($0 + span) / span * Double(bar.height), label: $1) },
      atRight: true, on: &picture)
    picture.drawText("dBFS", x: bar.x, y: bar.y - 30, color: PlotStyle.label)
  }
}
