import Foundation
import Layers
import Memory
import Tensors

/// Takes the parameters of a BERT encoder out of `model.safetensors`, and sees to it that none is left over.
struct BertWeights {
  private let file: SafetensorsFile
  private var unused: Set<String>

  /// Opens the file; no tensor is read yet.
  init(contentsOf url: URL) throws(TextError) {
    do {
      file = try SafetensorsFile(url)
    } catch .missing(let path) {
      throw .missingFile(path: path)
    } catch {
      throw .weights(error)
    }
    unused = Set(file.names)
    // As numbers of 32 bits they take more than in the file, which may be sparse itself.
    let (needed, available) = (4 * file.elementCount, MemoryBudget.available)
    guard needed <= available else { throw .tooLarge(path: file.path, needed: needed, available: available) }
  }

  /// The tensor `name`, which must have this shape.
  mutating func parameter(_ name: String, _ shape: [Int]) throws(TextError) -> Parameter {
    Parameter(name, try tensor(name, shape))
  }

  /// Several tensors of one shape under each other, as one that is as many times as tall.
  mutating func stacked(_ name: String, _ names: [String], _ shape: [Int]) throws(TextError) -> Parameter {
    // All are asked for before memory is taken for them together.
    let parts = try names.map { name throws(TextError) in try tensor(name, shape) }
    var stack = Tensor(uninitialized: [names.count * shape[0]] + shape.dropFirst())
    for (index, tensor) in parts.enumerated() {
      stack.withUnsafeMutable { out in
        tensor.withUnsafe { (out + index * tensor.count).update(from: $0, count: tensor.count) }
      }
    }
    return Parameter(name, stack)
  }

  /// The linear layer `name`, with a bias.
  mutating func linear(_ name: String, from inputs: Int, to outputs: Int) throws(TextError) -> Linear {
    Linear(weight: try parameter("\(name).weight", [outputs, inputs]), bias: try parameter("\(name).bias", [outputs]))
  }

  /// The layer normalisation `name`.
  mutating func layerNorm(_ name: String, _ width: Int, _ epsilon: Float) throws(TextError) -> LayerNorm {
    LayerNorm(
      scale: try parameter("\(name).weight", [width]), shift: try parameter("\(name).bias", [width]), epsilon: epsilon)
  }

  /// Refuses tensors that nothing has asked for: a sign of another network.
  ///
  /// The pooler, which sentence-transformers leaves out, and the list of positions that old files carry are let pass.
  func finish() throws(TextError) {
    let expected = ["embeddings.position_ids", "pooler.dense.weight", "pooler.dense.bias"]
    if let name = unused.subtracting(expected).min() { throw .unexpectedTensor(path: file.path, name: name) }
  }

  private mutating func tensor(_ name: String, _ shape: [Int]) throws(TextError) -> Tensor {
    unused.remove(name)
    let tensor: Tensor
    do {
      tensor = try file.tensor(named: name, shape: shape)
    } catch {
      throw .weights(error)
    }
    guard tensor.isFinite else {
      throw .unreadable(path: file.path, reason: "the tensor \(name) holds numbers that are not finite")
    }
    return tensor
  }
}
