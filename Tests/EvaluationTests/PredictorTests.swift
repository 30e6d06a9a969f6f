import Evaluation
import Spectra
import Synthesis
import Tensors
import Testing

@Suite("Guesses that need no learning")
struct PredictorTests {
  @Test("The linear guess is as good as theory says", arguments: [Float(0.05), 0.3, 0.7, 0.95])
  func linear(time: Float) {
    // Two bands of variances 4 and 0.25: the error of Wiener's filter is σ²(1−t)² / (t²σ² + (1−t)²).
    let count = 40_000
    let normals = RandomSource(seed: 3).normals(count: 2 * count)
    let clean = (0..<count).map { index -> Float in
      index % 2 == 0 ? 1 + 2 * normals[index] : -1 + 0.5 * normals[index]
    }
    let noise = Array(normals[count...])
    let predictors = TrivialPredictors(mean: [1, -1], variance: [4, 0.25])
    let t = Double(time)
    let rest = (1 - t) * (1 - t)
    let errors = [4, 0.25].map { (variance: Double) -> Double in variance * rest / (t * t * variance + rest) }
    let expected = (errors[0] + errors[1]) / 2
    let error = predictors.linearError(clean: clean, noise: noise, time: time)
    #expect(abs(error / expected - 1) < 0.03)
    #expect(abs(predictors.meanFrameError(clean: clean) / 2.125 - 1) < 0.03)
  }

  @Test func aMovedCopyIsFound() {
    let scale = ValueScale(mean: 0, deviation: 0.3)
    let values = RandomSource(seed: 5).normals(count: 40 * 8).map { max(-1, min(1, 0.3 * $0)) }
    let silence = [Float](repeating: -1, count: 5 * 8)
    let clean = MelFrames(bandCount: 8, values: silence + values)
    let other = MelFrames(bandCount: 8, values: values)
    #expect(TrivialPredictors.substituteError(clean: clean, other: other, reach: 5, scale: scale) == 0)
    #expect(TrivialPredictors.substituteError(clean: clean, other: other, reach: 4, scale: scale) > 0.1)
    // A value off by 0.1 is off by 0.1 · 0.6 / 0.3 on the network's scale.
    let off = MelFrames(frameCount: 3, bandCount: 8, repeating: 0.1)
    let zero = MelFrames(frameCount: 3, bandCount: 8, repeating: 0)
    let error = TrivialPredictors.substituteError(clean: off, other: zero, reach: 0, scale: scale)
    #expect(abs(error - 0.04) < 1e-6)
  }
}
