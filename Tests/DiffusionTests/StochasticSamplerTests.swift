import Diffusion
import Tensors
import Testing

@Suite("The stochastic sampler")
struct StochasticSamplerTests {
  @Test("Without churn it is Euler's")
  func withoutChurn() {
    let data = GaussianData(mean: 0.4, deviation: 0.5)
    let noise = RandomSource(seed: 3).normals([50])
    let times = NoiseSchedule.standard.times(stepCount: 9)
    let stochastic = StochasticSampler(churn: 0).sample(from: noise, times: times, denoise: data.denoise)
    let euler = EulerSampler().sample(from: noise, times: times, denoise: data.denoise)
    for (value, expected) in zip(stochastic.values, euler.values) { #expect(abs(value - expected) < 2e-6) }
  }

  // A step's bias is of first order and grows with churn; five standard errors of 40,000 variances are 3.5 %.
  @Test(
    "Its samples have the mean and variance of the path, at the end and on the way", arguments: [0.3, 1, 2] as [Float],
    [0.5, 1])
  func marginals(churn: Float, end: Float) {
    for data in [GaussianData(mean: 0.4, deviation: 0.5), GaussianData(mean: -0.6, deviation: 1.5)] {
      let noise = RandomSource(seed: 17).normals([40_000])
      let stepCount = Int(200 * max(1, churn))
      let times = (0...stepCount).map { end * Float($0) / Float(stepCount) }
      let result = StochasticSampler(churn: churn).sample(
        from: noise, times: times, random: RandomSource(seed: 5), denoise: data.denoise)
      let (mean, variance) = moments(result)
      let expected = data.variance(at: Double(end))
      #expect(abs(mean - Double(end) * data.mean) < 5 * (expected / 40_000).squareRoot() + 0.01)
      #expect(abs(variance / expected - 1) < 0.05, "\(variance) for \(expected)")
    }
  }

  @Test("With an exact denoiser of a single clip one step already has the marginal's deviation")
  func oneStep() {
    let clean = Tensor([40_000], repeating: 0.7)
    for churn in [0.5, 1, 4] as [Float] {
      let z = RandomSource(seed: 1).normals([40_000]).values.map { 0.2 * 0.7 + 0.8 * $0 }
      let result = StochasticSampler(churn: churn).sample(
        from: Tensor([40_000], z), times: [0.2, 0.6], random: RandomSource(seed: 2), denoise: { _, _ in clean })
      let (mean, variance) = moments(result)
      #expect(abs(mean - 0.6 * 0.7) < 5 * 0.4 / 200)
      #expect(abs(variance / 0.16 - 1) < 5 * (2.0 / 40_000).squareRoot())
    }
  }

  @Test("Churn loosens the tie between the noise and the sample")
  func forgetting() {
    let data = GaussianData(mean: 0, deviation: 1)
    let noise = RandomSource(seed: 4).normals([20_000])
    let times = (0...50).map { 0.1 + 0.9 * Float($0) / 50 }
    let correlations = [0, 0.05, 0.2, 1].map { (churn: Float) -> Double in
      let result = StochasticSampler(churn: churn).sample(from: noise, times: times, denoise: data.denoise)
      let product = zip(noise.values, result.values).reduce(0.0) { $0 + Double($1.0 * $1.1) } / 20_000
      return product / (moments(noise).variance * moments(result).variance).squareRoot()
    }
    #expect(correlations[0] > 0.999)
    #expect(zip(correlations, correlations.dropFirst()).allSatisfy { $0 > $1 + 0.05 }, "\(correlations)")
  }

  private func moments(_ tensor: Tensor) -> (mean: Double, variance: Double) {
    let values = tensor.values.map(Double.init)
    let mean = values.reduce(0, +) / Double(values.count)
    return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count))
  }
}
