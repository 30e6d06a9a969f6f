import Foundation
public import Tensors

/// DPM-Solver++(2M) (Lu et al. 2022, algorithm 2): second order, one evaluation a step, x̂ extrapolated from two.
///
/// With α = t, σ = 1 − t, λ = ln(α/σ), h = λ′ − λ, the paper's z′ = (σ′/σ)·z − α′·(e⁻ʰ − 1)·D is
/// (1 − ρ)·z + ρ·D with ρ = (t′ − t) / (1 − t): Euler's step with D = x̂ + (x̂ − x̂_previous)·h / (2·h_previous) in the
/// place of x̂. Its two ends are limits: after a step from t = 0 (λ = −∞) h_previous is infinite and D = x̂; for a
/// step to t = 1 (λ = ∞) the extrapolation would be infinite and is left out, as in the authors' code ("lower order
/// final"). On N even steps from 0 to 1, which are never even in λ, the error falls as ln N / N².
public struct DPMSolverSampler: Sampler {
  public init() {}

  public func sample(
    from noise: Tensor, times: [Float], random: RandomSource, denoise: Denoise, progress: ((Int, Int) -> Void)?
  ) -> Tensor {
    var z = noise
    var previous: Tensor?
    forEachStep(times, progress) { step, t, next, fraction in
      let prediction = denoise(z, t)
      if let previous, next < 1, times[step - 1] > 0 {
        let lambda = times[(step - 1)...(step + 1)].map { log(Double($0) / (1 - Double($0))) }
        let weight = Float((lambda[2] - lambda[1]) / (2 * (lambda[1] - lambda[0])))
        z = .blend(z, .combination(1 + weight, prediction, -weight, previous), fraction)
      } else {
        z = .blend(z, prediction, fraction)
      }
      previous = prediction
    }
    return z
  }
}
