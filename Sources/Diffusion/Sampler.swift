public import Tensors

/// All that diffusion knows of a network: from noised data `z` at time `t`, what the clean data are; of the same shape.
///
/// The path is z = t·x + (1 − t)·ε, from noise at t = 0 to data at t = 1 (rectified flow: Liu, Gong and Liu 2023), and
/// the network predicts x (Li and He 2025, "Back to Basics: Let Denoising Generative Models Denoise"). Its best answer
/// is the mean of x given z, and the velocity along the path is (x̂ − z) / (1 − t).
public typealias Denoise = (_ z: Tensor, _ t: Float) -> Tensor

/// Walks from noise to data along given times, asking a denoiser what the data are.
public protocol Sampler: Sendable {
  /// Samples.
  /// - Parameters:
  ///   - noise: z at the first time: standard normal numbers for time 0, of any shape.
  ///   - times: strictly rising within [0, 1]; usually from 0 to 1 (`NoiseSchedule.times`). A walk that ends at 1 ends
  ///     exactly on a prediction of the denoiser.
  ///   - random: where a stochastic sampler takes the noise of step i from: `random.split(i)`. Others ignore it.
  ///   - denoise: the predicted clean data; never asked at t = 1.
  ///   - progress: called after each step with the number of steps done and of all steps.
  /// - Returns: z at the last time, in the shape of `noise`.
  func sample(
    from noise: Tensor, times: [Float], random: RandomSource, denoise: Denoise, progress: ((Int, Int) -> Void)?
  ) -> Tensor
}

extension Sampler {
  /// Samples without noise along the way, or with that of seed 0, and without reports.
  public func sample(
    from noise: Tensor, times: [Float], random: RandomSource = RandomSource(seed: 0), denoise: Denoise
  ) -> Tensor {
    sample(from: noise, times: times, random: random, denoise: denoise, progress: nil)
  }

  /// Calls `body` for each step with its place, its times, and the part ρ = (t′ − t) / (1 − t) of what is left of the
  /// way that it goes; ρ is exactly 1 for a step to t = 1.
  func forEachStep(
    _ times: [Float], _ progress: ((Int, Int) -> Void)?,
    _ body: (_ step: Int, _ t: Float, _ next: Float, _ fraction: Float) -> Void
  ) {
    precondition(times.count > 1, "\(times.count) times make no step")
    precondition(
      times[0] >= 0 && times[times.count - 1] <= 1 && zip(times, times.dropFirst()).allSatisfy { $0 < $1 },
      "times \(times) do not rise within [0, 1]")
    for step in 0..<times.count - 1 {
      let (t, next) = (times[step], times[step + 1])
      body(step, t, next, (next - t) / (1 - t))
      progress?(step + 1, times.count - 1)
    }
  }
}

/// The samplers by their names on the command line.
public enum SamplerKind: String, CaseIterable, Codable, Sendable {
  case euler
  case heun
  case dpmpp = "dpm++2m"
  case stochastic = "sde"

  /// The sampler of that name.
  public var sampler: any Sampler {
    switch self {
    case .euler: EulerSampler()
    case .heun: HeunSampler()
    case .dpmpp: DPMSolverSampler()
    case .stochastic: StochasticSampler()
    }
  }

  /// How often the sampler asks the denoiser on a walk of `stepCount` steps to t = 1.
  package func evaluationCount(stepCount: Int) -> Int {
    self == .heun ? 2 * stepCount - 1 : stepCount
  }
}
