import Foundation

/// What lies between left and right: for each frame and band a level difference and a width. Beside the mean of both, the
/// mid, that is parametric stereo (Breebaart, van de Par, Kohlrausch & Schuijers 2005).
///
/// With M = (L + R) / 2 and S = (L − R) / 2, a band's side is S = α M + β D, where D is as loud as M and unrelated to it. Let
/// λ = ln √(P_L / P_R), and cos φ the coherence Re⟨L, R⟩ / √(P_L P_R). Then
///
///     α + iβ = tanh((λ + iφ) / 2) = (sinh λ + i sin φ) / (cosh λ + cos φ)
///
/// One sound in one place has φ = 0, wherever it is; two unrelated ones have φ = π/2.
public struct StereoFrames: Sendable, Equatable {
  /// Bands of a frame.
  public static let standardBandCount = 12
  /// Larger level differences, in decibels, are taken as this.
  public static let mostDecibels: Float = 30
  /// Larger widths are taken as this: what is wider cancels in the mid, which then says nothing of it.
  public static let mostWidth: Float = 0.9

  public let bandCount: Int
  /// Level of left over right, in decibels, −30…30, `[frame, band]` row-major.
  public private(set) var differences: [Float]
  /// φ / π: 0 where both are one sound, ½ where they are unrelated, 1 where they are opposite; `[frame, band]` row-major.
  public private(set) var widths: [Float]

  /// Frames held.
  public var frameCount: Int { differences.count / bandCount }

  /// Frames over `differences` and `widths`, `[frame, band]`; what is out of range is brought into it, and what is not a
  /// number is 0.
  /// - Precondition: both hold as many whole frames.
  public init(bandCount: Int, differences: [Float], widths: [Float]) {
    precondition(
      bandCount > 0 && differences.count == widths.count && differences.count % bandCount == 0,
      "\(differences.count) level differences and \(widths.count) widths are not whole frames of \(bandCount) bands")
    self.bandCount = bandCount
    self.differences = differences.map { Self.within($0, -Self.mostDecibels...Self.mostDecibels) }
    self.widths = widths.map { Self.within($0, 0...Self.mostWidth) }
  }

  /// `frameCount` frames of one sound in the middle.
  public init(monoFrameCount frameCount: Int, bandCount: Int = standardBandCount) {
    let zeros = [Float](repeating: 0, count: frameCount * bandCount)
    self.init(bandCount: bandCount, differences: zeros, widths: zeros)
  }

  /// α and β of a level difference and a width.
  static func side(difference: Float, width: Float) -> (along: Float, across: Float) {
    let (level, angle) = (difference * nepersPerDecibel, Float.pi * width)
    let norm = cosh(level) + cos(angle)
    return (sinh(level) / norm, sin(angle) / norm)
  }

  /// The level difference in decibels and the width of a band, whose mid has the power `mid`, its side the power `side`, and
  /// both the product `product`, Re⟨S, M⟩.
  static func image(mid: Double, side: Double, product: Double) -> (difference: Float, width: Float) {
    // P_L and P_R, and Re⟨L, R⟩ = P_M − P_S; the root is of what of P_L P_R is not in their product.
    let (left, right) = (mid + side + 2 * product, mid + side - 2 * product)
    let angle = atan2(2 * max(0, mid * side - product * product).squareRoot(), mid - side)
    let least = (mid + side) * 1e-9 + .leastNormalMagnitude
    return (Float(10 * log10(max(left, least) / max(right, least))), Float(angle / Double.pi))
  }

  /// tanh λ and 2φ/π − 1, which lie within −1…1, as frames hold them (`FrameLayout`).
  var packed: (differences: [Float], widths: [Float]) {
    (differences.map { tanh($0 * Self.nepersPerDecibel) }, widths.map { 2 * $0 - 1 })
  }

  /// ln 10 / 20.
  static let nepersPerDecibel: Float = 0.115_129_255

  private static func within(_ value: Float, _ range: ClosedRange<Float>) -> Float {
    value.isNaN ? 0 : min(max(value, range.lowerBound), range.upperBound)
  }
}
