public import Tensors

/// One of two towers that learn to meet (Radford et al. 2021, CLIP; Elizalde et al. 2023, CLAP): two linear layers with a
/// GELU (tanh form) between them, and a layer norm, behind which the cosine of two outputs is their product over the width.
public struct ContrastiveTower: Module {
  /// Values of the output.
  public let width: Int
  public let hidden: Linear
  let output: Linear
  let norm: LayerNorm

  /// A new tower, with four times as many values in between as there are at its end.
  public init(_ name: String, inputs: Int, width: Int, _ random: RandomSource?) {
    self.width = width
    func layer(_ part: String, _ inputs: Int, _ outputs: Int) -> Linear {
      // Smaller than Glorot's: towers that begin quietly told unseen captions apart better.
      let initial = Initialization.normal((1 / Float(3 * inputs)).squareRoot())
      return Linear("\(name).\(part)", inputs, outputs, bias: true, initial: initial, random)
    }
    hidden = layer("hidden", inputs, 4 * width)
    output = layer("output", 4 * width, width)
    norm = LayerNorm(
      scale: Initialization.ones.parameter("\(name).scale", [width], random),
      shift: Initialization.zeros.parameter("\(name).shift", [width], random), epsilon: 1e-5)
  }

  public var parameters: [Parameter] { [hidden, output].flatMap(\.parameters) + norm.parameters }

  /// `[rows, inputs]` to `[rows, width]`.
  public func callAsFunction(_ x: Variable) -> Variable {
    norm(output(features(x)))
  }

  /// What lies between the layers, `[rows, 4 · width]`.
  package func features(_ x: Variable) -> Variable { hidden(x).geluTanh() }
}
