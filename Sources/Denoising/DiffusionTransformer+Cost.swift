public import Layers
import Tensors

extension DiffusionTransformer {
  /// The floating-point operations of the matrix products of one forward pass over one sequence; a multiplication and an
  /// addition are two. A training step costs three times as much: forward, and two products back for each.
  ///
  /// Every product of a layer is one of its matrices times its rows, so the layers themselves say what they cost; attention
  /// multiplies rows by rows besides.
  public func operationCount(audioTokens: Int, textTokens: Int) -> Double {
    let rows = audioTokens + textTokens
    var products = 0.0
    func add(_ modules: [any Module], rows: Int) {
      products += Double(rows) * modules.reduce(0) { $0 + $1.matrixValueCount }
    }
    add([squeeze, widen, output] + [controls, expectation?.token].compactMap { $0 }, rows: audioTokens)
    add([self.textTokens], rows: textTokens)
    let told: [(any Module)?] = [sentence, time, modulation, finalModulation, alignment, expectation?.gate]
    add(told.compactMap(\.self), rows: 1)
    for block in blocks {
      add([block.attention, block.feedForward], rows: rows)
      add([block.modulation], rows: 1)
    }
    if let refinement {
      add(refinement.frameLayers, rows: audioTokens * configuration.patchLength)
      add([refinement.gates], rows: 1)
    }
    // Q · Kᵀ and P · V: [rows, rows] by the width, in every block.
    products += Double(blocks.count) * 2 * Double(rows) * Double(rows) * Double(configuration.width)
    return 2 * products
  }
}

extension Module {
  /// The numbers that the module learns.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.value.count } }

  /// Those in matrices, each of which meets every row once.
  fileprivate var matrixValueCount: Double {
    parameters.reduce(0) { $1.value.shape.count == 2 ? $0 + Double($1.value.count) : $0 }
  }
}
