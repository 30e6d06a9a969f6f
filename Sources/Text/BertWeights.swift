import Foundation
import Layers
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
  }

  /// The tensor `name`, which must have this shape.
  mutating func parameter(_ name: String, _ shape: [Int]) throws(TextError) -> Parameter {
    Parameter(name, try tensor(name, shape))
  }

  /// Several tensors of one shape under each other, as one that is as many times as tall.
  mutating func stacked(_ name: String, _ names: [String], _ shape: [Int]) throws(TextError) -> Parameter {
    var stack = Tensor(uninitialized: [names.count * shape[0]] + shape.dropFirst())
    for (index, part) in names.enumerated() {
      let tensor = try tensor(part, shape)
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
    do {
      return try file.tensor(named: name, shape: shape)
    } catch {
      throw .weights(error)
    }
  }
}
