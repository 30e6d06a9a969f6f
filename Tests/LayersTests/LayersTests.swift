import Foundation
import Layers
import Tensors
import Testing

/// Reference: the same layers in PyTorch, in double (scripts/reference/layers.py).
@Suite("Layers against PyTorch")
struct LayersTests {
  private static let precisions: [Precision] = Precision.fastest == .bfloat16 ? [.float32, .bfloat16] : [.float32]
  private let random = RandomSource(seed: 0)

  @Test("Layer normalisation")
  func layerNorm() throws {
    let reference = try Reference("norm")
    let norm = LayerNorm(
      scale: Parameter("scale", Tensor([37])), shift: Parameter("shift", Tensor([37])), epsilon: 1e-5)
    try reference.compare(norm, tolerance: 1e-5) { norm($0) }
  }

  @Test("Self-attention with rotary positions", arguments: precisions)
  func attention(precision: Precision) throws {
    let reference = try Reference("attention")
    let attention = RotarySelfAttention("attention", width: 64, heads: 2, random)
    let table = RotaryTable(headWidth: 32, positionCount: 1000)
    try reference.compare(attention, precision, tolerance: 1e-4) {
      attention(
        $0, layout: SequenceLayout([1, 6, 3]), positions: [0, 0, 0, 1, 2, 3, 900, 0, 7, 1], table: table)
    }
  }

  @Test("Feed-forward layers", arguments: precisions)
  func feedForward(precision: Precision) throws {
    let reference = try Reference("feed")
    let feedForward = FeedForward("feed", width: 23, hidden: 50, random)
    try reference.compare(feedForward, precision, tolerance: 1e-5) { feedForward($0) }
  }

  @Test("The embedding of time", arguments: precisions)
  func time(precision: Precision) throws {
    let reference = try Reference("time")
    let time = TimeEmbedding("time", width: 24, random)
    // Angles of up to a thousand have an error of some 1e-5 in float32.
    try reference.compare(time, precision, tolerance: 1e-4) { time([0, 0.125, 0.6, 1], on: $0.tape) }
  }

  @Test("New weights depend on the seed and their own name, and begin as they should")
  func initialization() {
    let weight = Initialization.glorot.parameter("a", [30, 50], random).value
    #expect(weight.values == Initialization.glorot.parameter("a", [30, 50], random).value.values)
    #expect(weight.values != Initialization.glorot.parameter("b", [30, 50], random).value.values)
    #expect(weight.values != Initialization.glorot.parameter("a", [30, 50], RandomSource(seed: 1)).value.values)
    // Uniform in ±√(6/80): the variance is a third of the bound's square; 1,500 draws, five deviations.
    let bound = (6.0 / 80).squareRoot()
    #expect(weight.values.allSatisfy { Double(abs($0)) <= bound })
    #expect(abs(weight.sumOfSquares / 1500 / (bound * bound / 3) - 1) < 5 * (0.8 / 1500).squareRoot())
    let normal = Initialization.normal(0.02).parameter("n", [1500], random).value
    #expect(abs(normal.sumOfSquares / 1500 / 0.0004 - 1) < 5 * (2.0 / 1500).squareRoot())
    #expect(Initialization.zeros.parameter("z", [3], random).value.values == [0, 0, 0])
    #expect(Initialization.ones.parameter("o", [3], random).value.values == [1, 1, 1])
    let linear = Linear("layer", 4, 2, bias: true, random)
    #expect(linear.parameters.map(\.name) == ["layer.weight", "layer.bias"])
    #expect(linear.bias?.value.values == [0, 0])
  }
}
