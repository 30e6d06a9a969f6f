extension Picture {
  /// Draws a line through points, smooth at its edges.
  ///
  /// A point that is not finite breaks the line, and a point alone becomes a dot of twice the width.
  public mutating func drawLine(through points: [(x: Double, y: Double)], width: Double = 2, color: PictureColor) {
    var coverage = LineCoverage(width: self.width, height: self.height)
    for run in points.split(whereSeparator: { !$0.x.isFinite || !$0.y.isFinite }) {
      if let point = run.first, run.count == 1 { coverage.add(from: point, to: point, lineWidth: 2 * width) }
      for (start, end) in zip(run, run.dropFirst()) { coverage.add(from: start, to: end, lineWidth: width) }
    }
    for (index, value) in coverage.values.enumerated() where value > 0 {
      blend(color, coverage: value, x: index % self.width, y: index / self.width)
    }
  }
}

/// How much of each pixel a line covers: collected over all its pieces before it is drawn, so that joints, and pieces
/// much shorter than a pixel, are no darker than the rest.
private struct LineCoverage {
  let width: Int
  let height: Int
  private(set) var values: [Float]

  init(width: Int, height: Int) {
    self.width = width
    self.height = height
    values = [Float](repeating: 0, count: width * height)
  }

  mutating func add(from start: (x: Double, y: Double), to end: (x: Double, y: Double), lineWidth: Double) {
    let reach = lineWidth / 2 + 1
    let rows = Self.pixels(min(start.y, end.y) - reach, max(start.y, end.y) + reach, limit: height)
    let columns = Self.pixels(min(start.x, end.x) - reach, max(start.x, end.x) + reach, limit: width)
    let (dx, dy) = (end.x - start.x, end.y - start.y)
    let squaredLength = dx * dx + dy * dy
    for row in rows {
      for column in columns {
        let (px, py) = (Double(column) + 0.5 - start.x, Double(row) + 0.5 - start.y)
        let along = squaredLength > 0 ? min(max((px * dx + py * dy) / squaredLength, 0), 1) : 0
        let (ex, ey) = (px - along * dx, py - along * dy)
        let covered = Float(min(max(lineWidth / 2 + 0.5 - (ex * ex + ey * ey).squareRoot(), 0), 1))
        let index = row * width + column
        if covered > values[index] { values[index] = covered }
      }
    }
  }

  private static func pixels(_ low: Double, _ high: Double, limit: Int) -> Range<Int> {
    let first = Int(min(max(low.rounded(.down), 0), Double(limit)))
    let last = Int(min(max(high.rounded(.up), 0), Double(limit)))
    return first..<max(first, last)
  }
}
