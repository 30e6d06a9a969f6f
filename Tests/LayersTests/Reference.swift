import Foundation
import Layers
import Tensors
import Testing

/// One part of a reference file: weights, input, output, and gradients of Σ projection · output.
struct Reference {
  private let file: SafetensorsFile
  private let name: String

  init(_ name: String) throws {
    let folder = Bundle.module.url(forResource: "Reference", withExtension: nil)
    file = try SafetensorsFile(try #require(folder).appendingPathComponent("layers.safetensors"))
    self.name = name
  }

  /// Loads the module's weights, and compares its output and all gradients that the file has.
  ///
  /// In bfloat16 every factor of a product is rounded to 8 bits: a hundredth or so is left over some layers.
  func compare(
    _ module: some Module, _ precision: Precision = .float32, tolerance: Double, _ body: (Variable) -> Variable
  ) throws {
    let tolerance = precision == .float32 ? tolerance : 3e-2
    try module.load(from: file, prefix: "\(name)/network/")
    let gradients = Gradients()
    let tape = Tape.recording(into: gradients, precision: precision)
    let x = tape.variable(file.names.contains("\(name)/x") ? try file.tensor(named: "\(name)/x") : Tensor([1, 1]))
    let y = body(x)
    #expect(relativeError(y.value, try file.tensor(named: "\(name)/output", shape: y.value.shape)) < tolerance)
    tape.backward(from: y, gradient: try file.tensor(named: "\(name)/projection"))

    let prefix = "\(name)/gradient/"
    let wanted = file.names.filter { $0.hasPrefix(prefix) }
    #expect(!wanted.isEmpty)
    for key in wanted {
      let parameter = module.parameters.first { prefix + $0.name == key }
      let gradient = try #require(parameter.map { gradients[$0] } ?? x.slot?.gradient)
      #expect(relativeError(gradient, try file.tensor(named: key, shape: gradient.shape)) < tolerance, "\(key)")
    }
  }
}

/// ‖a − b‖ / ‖b‖.
func relativeError(_ a: Tensor, _ b: Tensor) -> Double {
  var difference = a
  difference.add(b, times: -1)
  return (difference.sumOfSquares / b.sumOfSquares).squareRoot()
}
