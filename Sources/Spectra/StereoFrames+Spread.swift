import Foundation

extension StereoFrames {
  /// Frames that make one sound in the middle wide: a side that is unrelated to the mid, in every band `share` times as loud,
  /// but for bands that end below `hertz`, which stay in the middle.
  ///
  /// With α = 0 and β = `share` the width is φ = 2 atan β, and the coherence (1 − β²) / (1 + β²).
  /// - Precondition: `share` is 0 or more.
  public init(
    spreadBy share: Float, above hertz: Double, frameCount: Int, _ configuration: MelConfiguration,
    bandCount: Int = standardBandCount
  ) {
    precondition(share >= 0, "a side of \(share)")
    let low = StereoBands.band(at: hertz, configuration, count: bandCount)
    let width = 2 * atan(share) / Float.pi
    let widths = (0..<bandCount).map { $0 < low ? 0 : width }
    self.init(
      bandCount: bandCount, differences: [Float](repeating: 0, count: frameCount * bandCount),
      widths: (0..<frameCount).flatMap { _ in widths })
  }
}
