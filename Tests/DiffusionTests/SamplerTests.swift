import Diffusion
import Tensors
import Testing

@Suite("Samplers on Gaussian data, whose exact denoiser is known")
struct SamplerTests {
  static let narrow = GaussianData(mean: 0.4, deviation: 0.5)
  static let wide = GaussianData(mean: -0.4, deviation: 1.7)
  let noise = Tensor([2, 3], [-2.1, -0.8, -0.1, 0.3, 1.3, 2.5])

  @Test(
    "The error against the exact flow falls with the sampler's order",
    arguments: [
      (SamplerKind.euler, narrow, 1.9...2.1), (.euler, wide, 1.9...2.1), (.heun, narrow, 3.8...4.4),
      (.heun, wide, 3.8...4.4),
      // ln N / N² on even steps from 0 to 1: a ratio of 3.33 from 32 to 64 and of 3.43 from 64 to 128.
      (.dpmpp, wide, 3.2...3.6),
    ])
  func orderOfConvergence(kind: SamplerKind, data: GaussianData, ratios: ClosedRange<Double>) {
    let errors = [32, 64, 128].map { error(kind.sampler, data, NoiseSchedule.standard.times(stepCount: $0)) }
    #expect(ratios.contains(errors[0] / errors[1]), "\(errors)")
    #expect(ratios.contains(errors[1] / errors[2]), "\(errors)")
  }

  @Test("Away from the two ends of the path DPM-Solver++(2M) is of second order", arguments: [narrow, wide])
  func multistepOrder(data: GaussianData) {
    let errors = [16, 32, 64].map { count in
      error(DPMSolverSampler(), data, (0...count).map { 0.3 + 0.4 * Float($0) / Float(count) })
    }
    #expect((3.8...4.4).contains(errors[0] / errors[1]), "\(errors)")
    #expect((3.8...4.4).contains(errors[1] / errors[2]), "\(errors)")
  }

  @Test("At eight steps the second-order samplers are closer than Euler")
  func fewSteps() {
    let times = NoiseSchedule.standard.times(stepCount: 8)
    for data in [Self.narrow, Self.wide] {
      let euler = error(EulerSampler(), data, times)
      #expect(error(HeunSampler(), data, times) < 0.5 * euler)
      #expect(error(DPMSolverSampler(), data, times) < 0.5 * euler)
    }
  }

  @Test(
    "For a single clip as data every deterministic sampler walks the straight line",
    arguments: [
      SamplerKind.euler, .heun, .dpmpp,
    ])
  func straightLine(kind: SamplerKind) {
    let clean = Tensor([2, 3], [0.5, -1, 0.25, 0, 1, -0.75])
    for start in [0, 0.3] as [Float] {
      let times = (0...5).map { start + (0.8 - start) * Float($0) / 5 }
      let z = zip(clean.values, noise.values).map { start * $0 + (1 - start) * $1 }
      let result = kind.sampler.sample(from: Tensor([2, 3], z), times: times) { _, _ in clean }
      for (value, (x, noise)) in zip(result.values, zip(clean.values, noise.values)) {
        #expect(abs(value - (0.8 * x + 0.2 * noise)) < 1e-6)
      }
    }
  }

  @Test("A walk to t = 1 ends exactly on the last prediction", arguments: SamplerKind.allCases, [1, 2, 3, 7])
  func exactEnd(kind: SamplerKind, stepCount: Int) {
    for shift in [0.5, 1, 3] as [Float] {
      let times = NoiseSchedule.standard.times(stepCount: stepCount, shift: shift)
      var last: [Float] = []
      let result = kind.sampler.sample(from: noise, times: times) { z, t in
        let prediction = Self.wide.denoise(z, t)
        last = prediction.values
        return prediction
      }
      #expect(result.values == last)
      #expect(result.values.allSatisfy { $0.isFinite })
      #expect(result.shape == [2, 3])
    }
  }

  @Test("The denoiser is asked as often as promised, at rising times, never at t = 1", arguments: SamplerKind.allCases)
  func evaluations(kind: SamplerKind) {
    let times = NoiseSchedule.standard.times(stepCount: 6, shift: 2)
    var asked: [Float] = []
    var reports: [[Int]] = []
    _ = kind.sampler.sample(
      from: noise, times: times, random: RandomSource(seed: 1),
      denoise: { z, t in
        asked.append(t)
        return z
      }, progress: { reports.append([$0, $1]) })
    #expect(asked.count == kind.evaluationCount(stepCount: 6))
    #expect(asked.first == 0)
    #expect(asked == asked.sorted())
    #expect(Set(asked) == Set(times.dropLast()))
    #expect(reports == (1...6).map { [$0, 6] })
  }

  @Test(
    "The same seed gives the same bytes, and only the stochastic sampler cares for it", arguments: SamplerKind.allCases)
  func determinism(kind: SamplerKind) {
    let times = NoiseSchedule.standard.times(stepCount: 5)
    let results = [7, 7, 8].map { seed in
      kind.sampler.sample(
        from: noise, times: times, random: RandomSource(seed: seed), denoise: Self.wide.denoise
      ).values
    }
    #expect(results[0] == results[1])
    #expect((results[0] == results[2]) == (kind != .stochastic))
  }

  @Test("The names on the command line name their samplers")
  func names() {
    #expect(SamplerKind.allCases.map(\.rawValue) == ["euler", "heun", "dpm++2m", "sde"])
    #expect(SamplerKind(rawValue: "dpm++2m")?.sampler is DPMSolverSampler)
    #expect(SamplerKind(rawValue: "sde")?.sampler is StochasticSampler)
  }

  /// The root mean square distance of the samples from where the exact flow takes the noise.
  private func error(_ sampler: any Sampler, _ data: GaussianData, _ times: [Float]) -> Double {
    let result = sampler.sample(from: noise, times: times, denoise: data.denoise).values
    let squares = zip(result, noise.values).map { value, noise in
      let exact = data.flow(Double(noise), from: Double(times[0]), to: Double(times[times.count - 1]))
      return (Double(value) - exact) * (Double(value) - exact)
    }
    return (squares.reduce(0, +) / Double(squares.count)).squareRoot()
  }
}
