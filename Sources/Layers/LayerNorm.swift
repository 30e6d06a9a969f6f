public import Tensors

/// Layer normalisation with a learned scale and shift (Ba et al. 2016).
public struct LayerNorm: Module {
  public let scale: Parameter
  public let shift: Parameter
  public let epsilon: Float

  public init(scale: Parameter, shift: Parameter, epsilon: Float) {
    self.scale = scale
    self.shift = shift
    self.epsilon = epsilon
  }

  public var parameters: [Parameter] { [scale, shift] }

  /// `[rows, width]` to the same shape.
  public func callAsFunction(_ x: Variable) -> Variable {
    x.layerNorm(scale: scale, shift: shift, epsilon: epsilon)
  }
}
