import Diffusion
import Foundation
import Tensors
import Testing

@Suite("Guidance")
struct GuidanceTests {
  let conditional = Tensor([2, 2], [1, -2, 0.5, 0.25])
  let unconditional = Tensor([2, 2], [0.5, -1, 1, 0.25])

  @Test("The prediction moves away from the unconditional one, by the scale")
  func combination() {
    let guided = Guidance(scale: 3).combine(conditional: conditional, unconditional: unconditional, at: 0.5)
    #expect(guided.values == [2, -4, -0.5, 0.25])
    #expect(guided.shape == [2, 2])
    let ignoring = Guidance(scale: 0).combine(conditional: conditional, unconditional: unconditional, at: 0.5)
    #expect(ignoring.values == unconditional.values)
  }

  @Test("Guiding x̂ is guiding the velocity")
  func velocity() {
    let z = Tensor([2, 2], [0.3, 0.1, -1, 2])
    let t: Float = 0.4
    let guided = Guidance(scale: 2.5).combine(conditional: conditional, unconditional: unconditional, at: t)
    for index in 0..<4 {
      func velocity(_ prediction: Tensor) -> Float { (prediction[flat: index] - z[flat: index]) / (1 - t) }
      let expected = velocity(unconditional) + 2.5 * (velocity(conditional) - velocity(unconditional))
      #expect(abs(velocity(guided) - expected) < 1e-5)
    }
  }

  @Test("Outside of the interval, or at scale 1, the unconditional branch is not asked")
  func interval() {
    let guidance = Guidance(scale: 2, interval: 0.25...0.75)
    let guided = ([0, 0.2, 0.25, 0.5, 0.75, 0.8, 1] as [Float]).filter { guidance.applies(at: $0) }
    #expect(guided == [0.25, 0.5, 0.75])
    #expect(
      guidance.combine(conditional: conditional, unconditional: unconditional, at: 0.8).values == conditional.values)
    #expect(!Guidance.none.applies(at: 0.5))

    let log = CallLog()
    let denoise = guidance.denoise(
      conditional: { _, _ in conditional },
      unconditional: { _, t in
        log.times.append(t)
        return unconditional
      })
    let times = NoiseSchedule.standard.times(stepCount: 8)
    let last = EulerSampler().sample(from: Tensor([2, 2]), times: times, denoise: denoise)
    #expect(log.times == [0.25, 0.375, 0.5, 0.625, 0.75])
    #expect(last.values == conditional.values)
  }

  @Test("Guiding one Gaussian away from another moves its samples by the scale")
  func negativePrompt() {
    // With equal deviations the guided denoiser is the one of the mean m_u + s·(m_c − m_u).
    let denoise = Guidance(scale: 3).denoise(
      conditional: GaussianData(mean: 0.5, deviation: 0.8).denoise,
      unconditional: GaussianData(mean: 0.2, deviation: 0.8).denoise)
    let noise = RandomSource(seed: 1).normals([20])
    let times = NoiseSchedule.standard.times(stepCount: 10)
    let guided = HeunSampler().sample(from: noise, times: times, denoise: denoise)
    let expected = HeunSampler().sample(
      from: noise, times: times, denoise: GaussianData(mean: 0.2 + 3 * 0.3, deviation: 0.8).denoise)
    for (value, expected) in zip(guided.values, expected.values) { #expect(abs(value - expected) < 1e-5) }
  }

  @Test("Rescaling brings back each clip's deviation and keeps its mean")
  func rescale() {
    let source = RandomSource(seed: 3)
    let conditional = source.normals([100])
    let unconditional = source.split(1).normals([100])
    func guided(_ rescale: Float) -> [Float] {
      Guidance(scale: 4, rescale: rescale).combine(
        conditional: conditional, unconditional: unconditional, at: 0.5, elementCounts: [40, 60]
      ).values
    }
    for range in [0..<40, 40..<100] {
      let plain = moments(guided(0)[range])
      let target = moments(conditional.values[range])
      let full = moments(guided(1)[range])
      let half = moments(guided(0.5)[range])
      #expect(plain.deviation > 2 * target.deviation)
      #expect(abs(full.deviation - target.deviation) < 1e-4)
      #expect(abs(half.deviation - (plain.deviation + target.deviation) / 2) < 1e-4)
      #expect(abs(full.mean - plain.mean) < 1e-5)
    }
    let constant = Tensor([3], repeating: 1)
    #expect(
      Guidance(scale: 2, rescale: 1).combine(conditional: constant, unconditional: constant, at: 0).values == [1, 1, 1])
  }

  @Test("Guidance survives JSON")
  func coding() throws {
    let guidance = Guidance(scale: 2.25, interval: 0.125...0.75, rescale: 0.5)
    let json = try JSONEncoder().encode(guidance)
    #expect(try JSONDecoder().decode(Guidance.self, from: json) == guidance)
  }

  private func moments(_ values: ArraySlice<Float>) -> (mean: Double, deviation: Double) {
    let mean = values.reduce(0.0) { $0 + Double($1) } / Double(values.count)
    let squares = values.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) }
    return (mean, (squares / Double(values.count)).squareRoot())
  }
}

private final class CallLog {
  var times: [Float] = []
}
