public import Tensors

/// Self-attention of several heads, with normalised queries and keys (QK-norm) and rotary positions; no biases.
public struct RotarySelfAttention: Module {
  let heads: Int
  let project: Linear
  let output: Linear
  let queryScale: Parameter
  let keyScale: Parameter

  public init(_ name: String, width: Int, heads: Int, _ random: RandomSource?) {
    precondition(width % heads == 0, "a width of \(width) does not divide into \(heads) heads")
    self.heads = heads
    project = Linear("\(name).qkv", width, 3 * width, allowsInt8: true, random)
    output = Linear("\(name).output", width, width, allowsInt8: true, random)
    queryScale = Initialization.ones.parameter("\(name).query_scale", [width / heads], random)
    keyScale = Initialization.ones.parameter("\(name).key_scale", [width / heads], random)
  }

  public var parameters: [Parameter] { project.parameters + output.parameters + [queryScale, keyScale] }

  /// `[rows, width]` to the same shape; rows see the rows of their own sequence.
  public func callAsFunction(
    _ x: Variable, layout: SequenceLayout, positions: [Int], table: RotaryTable
  ) -> Variable {
    let qkv = project(x).rotateHeads(
      heads: heads, queryScale: queryScale, keyScale: keyScale, table: table, positions: positions)
    return output(qkv.attention(heads: heads, layout: layout))
  }
}
