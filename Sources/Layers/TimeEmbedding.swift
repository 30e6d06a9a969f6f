import Foundation
public import Tensors

/// The diffusion time as a vector: sinusoids of t · 1000 (Nichol & Dhariwal 2021), then two linear layers.
public struct TimeEmbedding: Module {
  let expand: Linear
  let contract: Linear
  let sinusoidCount: Int

  public init(_ name: String, width: Int, _ random: RandomSource?) {
    sinusoidCount = width
    expand = Linear("\(name).expand", width, width, bias: true, random)
    contract = Linear("\(name).contract", width, width, bias: true, random)
  }

  public var parameters: [Parameter] { expand.parameters + contract.parameters }

  /// Times in 0 … 1, one per sequence, to `[sequence, width]`.
  public func callAsFunction(_ times: [Float], on tape: Tape) -> Variable {
    let hidden = expand(tape.constant(sinusoids(times)))
    return contract(hidden.silu())
  }

  private func sinusoids(_ times: [Float]) -> Tensor {
    let half = sinusoidCount / 2
    var values: [Float] = []
    values.reserveCapacity(times.count * sinusoidCount)
    for time in times {
      let angles = (0..<half).map { 1000 * time * exp(-log(10_000) * Float($0) / Float(half)) }
      values += angles.map { cos($0) } + angles.map { sin($0) }
    }
    return Tensor([times.count, sinusoidCount], values)
  }
}
