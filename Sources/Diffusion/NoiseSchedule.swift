import Foundation
public import Tensors

/// Which times a sampler visits, which a training step draws, and how much each counts in the loss.
public struct NoiseSchedule: Codable, Sendable, Equatable {
  /// The mean of the training times' logit; −0.6 has the median at t = 0.35, on the noisy side.
  public var logitMean: Float
  /// The standard deviation of the training times' logit.
  public var logitDeviation: Float
  /// The least 1 − t that the loss divides by: at t near 1 a velocity says little about x.
  public var minimumNoise: Float

  /// The values of Li and He 2025 for data of deviation 0.6.
  public static let standard = NoiseSchedule()

  public init(logitMean: Float = -0.6, logitDeviation: Float = 0.9, minimumNoise: Float = 0.1) {
    precondition(logitDeviation >= 0, "a deviation of \(logitDeviation) is negative")
    precondition(minimumNoise > 0 && minimumNoise <= 1, "a least noise of \(minimumNoise) is outside of (0, 1]")
    self.logitMean = logitMean
    self.logitDeviation = logitDeviation
    self.minimumNoise = minimumNoise
  }

  /// The `stepCount` + 1 times of a sampler, rising from exactly `start` to exactly 1.
  /// - Parameters:
  ///   - start: 0 to begin with pure noise; more to change existing data, noised up to there.
  ///   - shift: 1 for even steps; above 1 for smaller steps near noise, below 1 near data. The noise level σ = 1 − t
  ///     becomes shift·σ / (1 + (shift − 1)·σ) (Esser et al. 2024, equation 23).
  public func times(stepCount: Int, start: Float = 0, shift: Float = 1) -> [Float] {
    precondition(stepCount > 0, "\(stepCount) steps go nowhere")
    precondition(start >= 0 && start < 1, "a start at \(start) is outside of [0, 1)")
    precondition(shift > 0, "a shift of \(shift) is not positive")
    let warp = Double(shift)
    // The start is unwarped first, so that warping brings it back to where it was asked for.
    let first = warp * Double(start) / (1 + (warp - 1) * Double(start))
    return (0...stepCount).map { step in
      if step == 0 { return start }
      let even = first + (1 - first) * Double(step) / Double(stepCount)
      return Float(even / (warp - (warp - 1) * even))
    }
  }

  /// Training times: the logistic function of normal numbers (Esser et al. 2024, equation 19).
  ///
  /// The time of a sequence depends on `source` and its place only, so that a batch may be drawn in parts.
  public func trainingTimes(count: Int, from source: RandomSource) -> [Float] {
    source.normals(count: count).map { 1 / (1 + exp(-(logitMean + logitDeviation * $0))) }
  }

  /// What the loss divides x̂ − x by to have an error of velocity: 1 − t, but at least `minimumNoise`.
  public func velocityDivisor(at t: Float) -> Float {
    max(1 - t, minimumNoise)
  }

  /// The factor of the squared error of x̂ at time t: 1 / max(1 − t, `minimumNoise`)².
  public func lossWeight(at t: Float) -> Float {
    let divisor = velocityDivisor(at: t)
    return 1 / (divisor * divisor)
  }
}
