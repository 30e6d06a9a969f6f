import Foundation
import Synthesis
import Tensors
import Testing
import Text

@Suite("Model configuration")
struct ModelConfigurationTests {
  @Test("Values scaled for the network have mean 0 and deviation 0.6, and come back within −1 … 1")
  func scale() {
    let scale = ValueScale(mean: -0.4, deviation: 0.25)
    let values: [Float] = [-1, -0.65, -0.4, -0.15, 0.3, 1]
    var scaled = values
    scale.normalize(&scaled, count: scaled.count)
    for (value, expected) in zip(scaled, values.map { ($0 + 0.4) / 0.25 * 0.6 }) {
      #expect(abs(value - expected) < 1e-6)
    }
    scale.restore(&scaled, count: scaled.count)
    for (value, expected) in zip(scaled, values) { #expect(abs(value - expected) < 1e-6) }
    var beyond: [Float] = [-100, 100]
    scale.restore(&beyond, count: 2)
    #expect(beyond == [-1, 1])
  }

  @Test("A model that has not learned enough says so")
  func warnings() {
    func record(_ steps: Int, _ loss: Double?) -> TrainingRecord {
      TrainingRecord(dataset: "x", clipCount: 1, steps: steps, clipsSeen: steps, hours: 1, heldOutLoss: loss)
    }
    #expect(record(5000, 0.08).warning == nil && record(5000, nil).warning == nil)
    #expect(record(5000, 0.4).warning?.contains("0.4") == true)
    #expect(record(5000, .nan).warning != nil && record(5000, .infinity).warning != nil)
    #expect(record(10, nil).warning?.contains("10 steps") == true)
  }

  @Test("Captions lie back to back")
  func captions() {
    func caption(_ value: Float, _ count: Int) -> TextEmbedding {
      TextEmbedding(tokens: Tensor([count, 2], repeating: value), sentence: Tensor([2], repeating: -value))
    }
    let batch = CaptionBatch([caption(1, 3), caption(2, 1)])
    #expect(batch.layout == SequenceLayout([3, 1]))
    #expect(batch.tokens.shape == [4, 2] && batch.tokens.values == [1, 1, 1, 1, 1, 1, 2, 2])
    #expect(batch.sentences.shape == [2, 2] && batch.sentences.values == [-1, -1, -2, -2])
  }
}
