package import Foundation
import Parallelism
package import Tensors

/// What is added to some of a network's parameters, by their names: matrices as products of two narrow ones, which is what
/// low-rank adaptation learns (Hu et al. 2022, "LoRA"), or whole.
package struct WeightDifferences: Sendable {
  /// What is added to one parameter.
  package enum Difference: Sendable {
    /// Of the parameter's shape.
    case whole(Tensor)
    case factors(LowRankMatrix)
  }

  /// In the order of the network's parameters; a parameter without one stays as it is.
  package private(set) var entries: [(name: String, difference: Difference)]
  private static let (leftSuffix, rightSuffix, scaleSuffix) = (".left", ".right", ".scales")

  package init(_ entries: [(name: String, difference: Difference)]) { self.entries = entries }

  /// The tensors of a file: of the parameter's name for a whole difference, in half precision; `NAME.left` and `NAME.right`
  /// for factors, in bytes, with a scale for each of their terms.
  package var tensors: [(name: String, tensor: Tensor, format: Safetensors.Format)] {
    entries.flatMap { name, difference -> [(name: String, tensor: Tensor, format: Safetensors.Format)] in
      switch difference {
      case .whole(let tensor): [(name, tensor, .float16)]
      case .factors(let matrix):
        [
          (name + Self.leftSuffix, matrix.left, .uint8), (name + Self.rightSuffix, matrix.right, .uint8),
          (name + Self.scaleSuffix, matrix.scales, .float32),
        ]
      }
    }
  }

  /// Whether a file can hold them.
  package var fitHalfPrecision: Bool {
    tensors.allSatisfy { $0.format != .float16 || $0.tensor.values.allSatisfy { Float16($0).isFinite } }
  }

  /// Adds a factor times the differences to a network's parameters.
  /// - Precondition: they are the network's.
  package func add(to network: some Module, times factor: Float) {
    let parameters = Dictionary(network.parameters.map { ($0.name, $0) }) { first, _ in first }
    let changed = entries.map { name, _ in
      guard let parameter = parameters[name] else { preconditionFailure("\(name) is no parameter of the network") }
      return parameter
    }
    Parallel.forEach(entries.count) { place in
      switch entries[place].difference {
      case .whole(let tensor): changed[place].value.add(tensor, times: factor)
      case .factors(let matrix): matrix.add(to: &changed[place].value, times: factor)
      }
    }
  }

  /// Reads the differences of a network's parameters. Shapes are looked at before a tensor is read.
  /// - Throws: `WeightsError` when the file is damaged, or not of this network.
  package init(reading url: URL, of network: some Module) throws(WeightsError) {
    let file: SafetensorsFile
    do { file = try SafetensorsFile(url) } catch { throw .file(error) }
    var unread = Set(file.names)
    entries = []
    func take(_ name: String, _ shape: [Int]) throws(WeightsError) -> Tensor {
      guard unread.remove(name) != nil else { throw .missing(path: file.path, name: name) }
      let found = file.shape(of: name) ?? []
      guard found == shape else { throw .shape(path: file.path, name: name, expected: shape, found: found) }
      let tensor: Tensor
      do { tensor = try file.tensor(named: name) } catch { throw .file(error) }
      guard tensor.isFinite else { throw .notFinite(path: file.path, name: name) }
      return tensor
    }
    for parameter in network.parameters {
      let (name, shape) = (parameter.name, parameter.value.shape)
      let (left, right) = (name + Self.leftSuffix, name + Self.rightSuffix)
      if unread.contains(name) {
        entries.append((name, .whole(try take(name, shape))))
      } else if shape.count == 2, unread.contains(left) || unread.contains(right) {
        // A product has no higher rank than its sides are wide.
        let rank = min(file.shape(of: left)?.last ?? 0, shape[0], shape[1])
        let matrix = LowRankMatrix(
          left: try take(left, [shape[0], rank]), right: try take(right, [rank, shape[1]]),
          scales: try take(name + Self.scaleSuffix, [rank]))
        entries.append((name, .factors(matrix)))
      }
    }
    if let name = unread.min() { throw .unknown(path: file.path, name: name) }
  }
}
