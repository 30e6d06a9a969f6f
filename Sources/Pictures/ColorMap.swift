/// A sequence of colours for a quantity, from black over violet, red and orange to pale yellow.
///
/// Lightness in Oklab grows linearly from 0.13, CIE's L* of 2, so that equal steps of the quantity look equally large,
/// in grey too; hue and chroma follow control points near those of matplotlib's magma.
public enum ColorMap {
  /// The colour of a quantity from 0 to 1; what lies outside takes the nearer end, and NaN the lower.
  public static func color(_ quantity: Float) -> PictureColor {
    guard quantity > 0 else { return table[0] }
    return table[Int((min(quantity, 1) * Float(table.count - 1)).rounded())]
  }

  /// Hue in degrees and chroma at equal distances along the map.
  private static let controlPoints: [(hue: Double, chroma: Double)] = [
    (285, 0.010), (290, 0.085), (305, 0.150), (328, 0.175), (360, 0.185), (388, 0.180), (412, 0.150), (434, 0.125),
    (455, 0.085),
  ]

  package static let table: [PictureColor] = (0..<256).map { index in
    let position = Double(index) / 255
    let (hue, chroma) = interpolated(at: position)
    return PictureColor(lightness: 0.13 + 0.85 * position, chroma: chroma, hue: hue)
  }

  /// Catmull–Rom through the control points.
  private static func interpolated(at position: Double) -> (hue: Double, chroma: Double) {
    let last = controlPoints.count - 1
    let place = position * Double(last)
    let segment = min(Int(place), last - 1)
    let t = place - Double(segment)
    let points = (-1...2).map { controlPoints[min(max(segment + $0, 0), last)] }
    func spline(_ p: [Double]) -> Double {
      let slope = (p[2] - p[0]) / 2
      let nextSlope = (p[3] - p[1]) / 2
      let rise = p[2] - p[1]
      return p[1] + t * (slope + t * (3 * rise - 2 * slope - nextSlope + t * (slope + nextSlope - 2 * rise)))
    }
    return (spline(points.map(\.hue)), max(0, spline(points.map(\.chroma))))
  }
}
