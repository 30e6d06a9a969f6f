public import Tensors

/// y = x · Wᵀ + b, with the weight `[out, in]` as PyTorch's `Linear` holds it.
public struct Linear: Module {
  public let weight: Parameter
  public let bias: Parameter?
  /// Whether int8 is enough for it, on a tape of `int8`.
  let allowsInt8: Bool

  public init(weight: Parameter, bias: Parameter? = nil) {
    self.weight = weight
    self.bias = bias
    allowsInt8 = false
  }

  /// A new layer; its bias, if it has one, begins at zero.
  public init(
    _ name: String, _ inputs: Int, _ outputs: Int, bias: Bool = false, initial: Initialization = .glorot,
    allowsInt8: Bool = false, _ random: RandomSource?
  ) {
    self.allowsInt8 = allowsInt8
    weight = initial.parameter("\(name).weight", [outputs, inputs], random)
    self.bias = bias ? Initialization.zeros.parameter("\(name).bias", [outputs], random) : nil
  }

  public var parameters: [Parameter] { [weight] + (bias.map { [$0] } ?? []) }

  /// `[rows, in]` to `[rows, out]`.
  public func callAsFunction(_ x: Variable) -> Variable {
    x.linear(weight: weight, bias: bias, allowsInt8: allowsInt8)
  }
}
