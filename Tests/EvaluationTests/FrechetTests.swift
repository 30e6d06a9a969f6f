import Evaluation
import Spectra
import Tensors
import Testing

@Suite("Fréchet distances against closed forms")
struct FrechetTests {
  private func gaussian(_ mean: [Double], _ covariance: [Double]) -> GaussianFit {
    GaussianFit(mean: mean, covariance: SymmetricMatrix(size: mean.count, values: covariance))
  }

  @Test func diagonal() {
    // |μ|² + Σ (σ₁ − σ₂)²
    let a = gaussian([1, -2, 0], [4, 0, 0, 0, 1, 0, 0, 0, 9])
    let b = gaussian([0, 0, 0.5], [1, 0, 0, 0, 1, 0, 0, 0, 0.25])
    let expected = 1 + 4 + 0.25 + 1 + 0 + 2.5 * 2.5
    #expect(abs(a.frechetDistance(to: b) - expected) < 1e-9)
    #expect(abs(b.frechetDistance(to: a) - expected) < 1e-9)
    #expect(a.frechetDistance(to: a) < 1e-9)
  }

  @Test func correlated() {
    // For 2 × 2: tr √(C₁C₂) = √(tr(C₁C₂) + 2·√det(C₁C₂)).
    let (a, b) = (gaussian([0, 0], [2, 0.8, 0.8, 1]), gaussian([0, 0], [1, -0.5, -0.5, 3]))
    let trace: Double = 2 - 0.8 + 3
    let determinant: Double = (2 - 0.64) * (3 - 0.25)
    let root: Double = (trace + 2 * determinant.squareRoot()).squareRoot()
    let expected: Double = 7 - 2 * root
    #expect(abs(a.frechetDistance(to: b) - expected) < 1e-9)
  }

  @Test func degenerate() {
    let (a, b) = (gaussian([0, 3], [1, 1, 1, 1]), gaussian([0, 0], [0, 0, 0, 0]))
    #expect(abs(a.frechetDistance(to: b) - (9 + 2)) < 1e-9)
  }

  @Test func eigen() {
    let size = 9
    let numbers = RandomSource(seed: 4).normals(count: size * size)
    var matrix = SymmetricMatrix(size: size, values: [Double](repeating: 0, count: size * size))
    for row in 0..<size {
      for column in 0..<size {
        matrix[row, column] = Double(numbers[row * size + column] + numbers[column * size + row])
      }
    }
    let (values, vectors) = matrix.eigen()
    #expect(values == values.sorted(by: >))
    for (value, vector) in zip(values, vectors) {
      for row in 0..<size {
        let product = (0..<size).reduce(0.0) { $0 + matrix[row, $1] * vector[$1] }
        #expect(abs(product - value * vector[row]) < 1e-9)
      }
    }
  }

  @Test func fitOfSamples() {
    let numbers = RandomSource(seed: 1).normals(count: 40_000).map(Double.init)
    let vectors = (0..<20_000).map { place -> [Double] in
      let (a, b) = (numbers[2 * place], numbers[2 * place + 1])
      return [1 + 2 * a, a - b]
    }
    let fit = GaussianFit(vectors)
    #expect(fit.frechetDistance(to: gaussian([1, 0], [4, 2, 2, 2])) < 2e-3)
    #expect(GaussianFit([[1, 2], [3, 6]]) == gaussian([2, 4], [2, 4, 4, 8]))
  }

  @Test func soundsOfAKindAreNearer() {
    func statistics(_ base: Double, _ seconds: Double) -> [[Double]] {
      (0..<24).map { clip in
        let hertz = base * (1 + Double(clip) / 24)
        let samples = Sounds.melody([hertz, 1.25 * hertz, 1.5 * hertz], noteSeconds: seconds, seconds: 1)
        return FrechetFeatures.statistics(of: Sounds.spectrogram.analyze(samples))
      }
    }
    let low = statistics(110, 0.3)
    let features = FrechetFeatures(reference: low)
    #expect(features.project(low[0]).count == 16)
    let near = features.distance(low, statistics(114, 0.3))
    let far = features.distance(low, statistics(900, 0.1))
    #expect(features.distance(low, low) < 1e-6)
    #expect(near > 0 && far > 5 * near)
  }
}
