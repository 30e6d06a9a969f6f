public import Tensors

/// Two linear layers with a GELU (tanh form) between them; no biases.
public struct FeedForward: Module {
  let expand: Linear
  let contract: Linear

  public init(_ name: String, width: Int, hidden: Int, _ random: RandomSource?) {
    expand = Linear("\(name).expand", width, hidden, allowsInt8: true, random)
    contract = Linear("\(name).contract", hidden, width, allowsInt8: true, random)
  }

  public var parameters: [Parameter] { expand.parameters + contract.parameters }

  /// `[rows, width]` to the same shape.
  public func callAsFunction(_ x: Variable) -> Variable {
    contract(expand(x).geluTanh())
  }
}
