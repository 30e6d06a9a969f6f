public import Spectra

/// An affine map between mel values (−1 … 1) and what the network sees: mean 0, deviation 0.6, the scale for which the
/// noise schedule of Li & He 2025 was chosen.
public struct ValueScale: Codable, Sendable, Equatable {
  /// The mean and the deviation of the training set's mel values.
  public var mean: Float
  public var deviation: Float

  /// The deviation that the network sees.
  public static let target: Float = 0.6
  /// Of level differences, widths and attack values, whatever the training set: the first two have about the deviation of mel
  /// values, and widths this mean (docs/experiments/frame.md). Of attack values most are near 0, and a stroke's −1 and 0.4.
  private static let partDeviation: Float = 0.42
  private static let widthMean: Float = -0.4

  public init(mean: Float, deviation: Float) {
    self.mean = mean
    self.deviation = deviation
  }

  /// From mel values to the network's.
  public func normalize(_ values: UnsafeMutablePointer<Float>, count: Int) {
    let factor = Self.target / deviation
    for i in 0..<count { values[i] = (values[i] - mean) * factor }
  }

  /// From the network's values to mel values, kept within −1 … 1.
  public func restore(_ values: UnsafeMutablePointer<Float>, count: Int) {
    let factor = deviation / Self.target
    for i in 0..<count { values[i] = max(-1, min(1, values[i] * factor + mean)) }
  }

  /// From the values of whole frames to the network's: mel values by this scale, others by theirs.
  public func normalize(_ values: UnsafeMutablePointer<Float>, count: Int, layout: FrameLayout) {
    guard !layout.isMelAlone else { return normalize(values, count: count) }
    for (places, scale) in scales(of: layout) {
      for start in stride(from: 0, to: count, by: layout.valueCount) {
        scale.normalize(values + start + places.lowerBound, count: places.count)
      }
    }
  }

  /// From the network's values to those of whole frames, kept within −1 … 1.
  public func restore(_ values: UnsafeMutablePointer<Float>, count: Int, layout: FrameLayout) {
    guard !layout.isMelAlone else { return restore(values, count: count) }
    for (places, scale) in scales(of: layout) {
      for start in stride(from: 0, to: count, by: layout.valueCount) {
        scale.restore(values + start + places.lowerBound, count: places.count)
      }
    }
  }

  private func scales(of layout: FrameLayout) -> [(places: Range<Int>, scale: ValueScale)] {
    let even = ValueScale(mean: 0, deviation: Self.partDeviation)
    let widths = ValueScale(mean: Self.widthMean, deviation: Self.partDeviation)
    return [(layout.mel, self), (layout.differences, even), (layout.widths, widths), (layout.attacks, even)]
  }
}
