import Foundation

/// Where on the way from noise to sound a recording is taken up for a strength.
///
/// At the time t a recording is seen as t · x + (1 − t) · ε. What is heard of a recording is lost near the noise only: of
/// strengths that are shares of the sampler's way, those below 0.6 hardly act. So strengths are steps that take a
/// clip evenly away from its recording, as far as the correlation of mel frames tells
/// (docs/experiments/strength.md).
package enum StrengthScale {
  /// The time, 0 … 1, that a recording is taken up at.
  /// - Parameters:
  ///   - shift: the sampler's, by which strengths of the first revision went.
  ///   - isEven: whether strengths are even steps; else they are shares of the way.
  package static func start(of strength: Double, shift: Float, isEven: Bool) -> Float {
    let rest = 1 - strength
    let even = Float(isEven ? line * rest + (1 - line) * pow(rest, bend) : rest)
    let shift = isEven ? usualShift : shift
    return even / (shift - (shift - 1) * even)
  }

  /// The share of the way that is left to a strength s goes as 0.43 (1 − s) + 0.57 (1 − s)⁹: fitted to what
  /// `scripts/check-strength` found of shares of the way.
  private static let line = 0.43
  private static let bend = 9.0
  private static let usualShift: Float = 1.5
}
