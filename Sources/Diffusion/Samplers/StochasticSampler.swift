import Foundation
public import Tensors

/// A reverse diffusion with the same marginals as the path: each step forgets some of its noise and draws fresh noise.
///
/// dz = (v − churn·ε̂/t) dt + √(2·churn·(1 − t)/t) dW, where ε̂ = (z − t·x̂)/(1 − t) is the noise in z. The step is
/// exact for constant x̂: with σ = 1 − t and λ = ln(t/σ), z′ = t′·x̂ + σ′·(κ·ε̂ + √(1 − κ²)·n), n being new noise and
/// κ = e^(−churn·(λ′ − λ)) = (t·σ′ / (t′·σ))^churn. Churn 0 is Euler's step; churn 1 is ancestral sampling (Song et
/// al. 2021, equation 16 with η = 1), also known as the first order of SDE-DPM-Solver++ (Lu et al. 2022). New noise
/// mends old errors at the price of more steps; the first step from t = 0 replaces all noise.
public struct StochasticSampler: Sampler {
  /// How fast noise is replaced: 0 never, 1 as in ancestral sampling.
  public let churn: Float

  public init(churn: Float = 1) {
    precondition(churn >= 0, "a churn of \(churn) is negative")
    self.churn = churn
  }

  public func sample(
    from noise: Tensor, times: [Float], random: RandomSource, denoise: Denoise, progress: ((Int, Int) -> Void)?
  ) -> Tensor {
    var z = noise
    forEachStep(times, progress) { step, t, next, _ in
      let prediction = denoise(z, t)
      let sigma = 1 - Double(t)
      let nextSigma = 1 - Double(next)
      let kept = pow(Double(t) * nextSigma / (Double(next) * sigma), Double(churn))
      // t′·x̂ + σ′·κ·(z − t·x̂)/σ, exactly x̂ for σ′ = 0.
      let old = nextSigma * kept / sigma
      z = .combination(Float(old), z, Float(Double(next) - old * Double(t)), prediction)
      let fresh = nextSigma * (1 - kept * kept).squareRoot()
      if fresh > 0 {
        z = .combination(1, z, Float(fresh), random.split(UInt64(step)).normals(noise.shape))
      }
    }
    return z
  }
}
