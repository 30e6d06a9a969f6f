public import Tensors

/// Euler's method on dz/dt = (x̂ − z) / (1 − t); first order, one evaluation a step.
///
/// z′ = z + (t′ − t)·v = (1 − ρ)·z + ρ·x̂ with ρ = (t′ − t) / (1 − t). On this path it is also DDIM (Song et al. 2021,
/// equation 12 with η = 0) and the first order of DPM-Solver++: for a constant x̂ the step is exact, however long.
public struct EulerSampler: Sampler {
  public init() {}

  public func sample(
    from noise: Tensor, times: [Float], random: RandomSource, denoise: Denoise, progress: ((Int, Int) -> Void)?
  ) -> Tensor {
    var z = noise
    forEachStep(times, progress) { _, t, _, fraction in
      z = .blend(z, denoise(z, t), fraction)
    }
    return z
  }
}
