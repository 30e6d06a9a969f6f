import Layers
import Tensors

/// One block: attention, then the feed-forward layers, each behind an adaptive norm and added through a gate.
struct TransformerBlock: Module {
  let attention: RotarySelfAttention
  let feedForward: FeedForward
  let modulation: BlockModulation

  init(_ name: String, _ sizes: DenoiserConfiguration, _ random: RandomSource?) {
    attention = RotarySelfAttention("\(name).attention", width: sizes.width, heads: sizes.headCount, random)
    feedForward = FeedForward(
      "\(name).feed_forward", width: sizes.width, hidden: sizes.expansion * sizes.width, random)
    modulation = BlockModulation("\(name).modulation", sizes, random)
  }

  var parameters: [Parameter] { attention.parameters + feedForward.parameters + modulation.parameters }

  /// - Parameter modulation: this block's, `[sequence, 6 × width]`.
  func callAsFunction(
    _ x: Variable, modulation: Variable, layout: SequenceLayout, positions: [Int], table: RotaryTable, on tape: Tape
  ) -> Variable {
    func part(_ index: Int) -> ModulationPart { ModulationPart(index) }
    var x = x
    let seen = tape.adaptiveNorm(x, modulation: modulation, shift: part(0), scale: part(1), layout: layout)
    let attended = attention(seen, layout: layout, positions: positions, table: table, on: tape)
    x = tape.gatedAdd(x, attended, modulation: modulation, gate: part(2), layout: layout)
    let normed = tape.adaptiveNorm(x, modulation: modulation, shift: part(3), scale: part(4), layout: layout)
    return tape.gatedAdd(
      x, feedForward(normed, on: tape), modulation: modulation, gate: part(5), layout: layout)
  }
}
