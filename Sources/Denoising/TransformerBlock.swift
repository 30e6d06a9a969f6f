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

  /// - Parameters:
  ///   - x: `[rows, width]`, of which those of a sequence see each other.
  ///   - shared: modulation that all blocks share, `[sequence, 6 × width]`.
  ///   - condition: time and caption, `[sequence, width]`.
  func callAsFunction(
    _ x: Variable, shared: Variable, condition: Variable, layout: SequenceLayout, positions: [Int], table: RotaryTable
  ) -> Variable {
    let m = modulation(shared, condition: condition, layout: layout)
    func attended(_ x: Variable) -> Variable { attention(x, layout: layout, positions: positions, table: table) }
    func norm(_ x: Variable, _ m: BlockModulation.Branch) -> Variable { x.adaptiveNorm(shift: m.shift, scale: m.scale) }
    let y = x.adding(attended(norm(x, m.attention)), gate: m.attention.gate)
    return y.adding(feedForward(norm(y, m.feedForward)), gate: m.feedForward.gate)
  }
}
