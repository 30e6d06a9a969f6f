public import Tensors

/// Heun's method (Karras et al. 2022, algorithm 1); second order, two evaluations a step.
///
/// An Euler step, then the same step again with the mean of the velocities at its two ends. The step to t = 1, where
/// the velocity is 0/0, is Euler's; that is enough for the second order, as x̂ hardly changes there.
public struct HeunSampler: Sampler {
  public init() {}

  public func sample(
    from noise: Tensor, times: [Float], random: RandomSource, denoise: Denoise, progress: ((Int, Int) -> Void)?
  ) -> Tensor {
    var z = noise
    forEachStep(times, progress) { _, t, next, fraction in
      let euler = Tensor.blend(z, denoise(z, t), fraction)
      guard next < 1 else {
        z = euler
        return
      }
      // z + (t′ − t)/2·(v + v′), where z + (t′ − t)·v is the Euler step.
      let step = (next - t) / (1 - next)
      let ahead = Tensor.combination(1 - step, euler, step, denoise(euler, next))
      z = .combination(0.5, z, 0.5, ahead)
    }
    return z
  }
}
