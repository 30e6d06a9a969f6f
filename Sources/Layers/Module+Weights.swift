public import Tensors

/// Why a file of weights is not this network's.
public enum WeightsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file itself cannot be read.
  case file(SafetensorsError)
  /// The network has a parameter that the file lacks.
  case missing(path: String, name: String)
  /// The file has a tensor that the network lacks.
  case unknown(path: String, name: String)
  /// A tensor has another shape than the parameter of its name.
  case shape(path: String, name: String, expected: [Int], found: [Int])
  /// A tensor holds a number that is not finite.
  case notFinite(path: String, name: String)

  public var description: String {
    switch self {
    case .file(let error): error.description
    case .missing(let path, let name): "\(path): the tensor \(name) is missing"
    case .unknown(let path, let name): "\(path): the tensor \(name) belongs to another network"
    case .shape(let path, let name, let expected, let found):
      "\(path): the tensor \(name) has shape \(found), the network wants \(expected)"
    case .notFinite(let path, let name): "\(path): the tensor \(name) holds numbers that are not finite"
    }
  }
}

extension Module {
  /// Every parameter's name, prefixed, and value: what `load` reads back.
  public func weights(prefix: String = "") -> [(name: String, tensor: Tensor)] {
    parameters.map { (prefix + $0.name, $0.value) }
  }

  /// Sets every parameter from the tensor of its name.
  ///
  /// A missing, extra or wrongly shaped tensor is an error, and then no parameter has changed. Tensors whose names do
  /// not begin with `prefix` are no concern of this network.
  public func load(from file: SafetensorsFile, prefix: String = "") throws(WeightsError) {
    let values = try values(in: file, prefix: prefix)
    for (parameter, value) in zip(parameters, values) { parameter.value = value }
  }

  /// The tensors of a file that `load` would set the parameters to, in their order; nothing changes.
  package func values(in file: SafetensorsFile, prefix: String) throws(WeightsError) -> [Tensor] {
    let expected = Set(parameters.map { prefix + $0.name })
    let present = Set(file.names)
    if let name = file.names.first(where: { $0.hasPrefix(prefix) && !expected.contains($0) }) {
      throw .unknown(path: file.path, name: name)
    }
    var values: [Tensor] = []
    for parameter in parameters {
      let name = prefix + parameter.name
      guard present.contains(name) else { throw .missing(path: file.path, name: name) }
      guard file.shape(of: name) == parameter.value.shape else {
        throw .shape(
          path: file.path, name: name, expected: parameter.value.shape, found: file.shape(of: name) ?? [])
      }
      do {
        values.append(try file.tensor(named: name))
      } catch {
        throw .file(error)
      }
      guard values[values.count - 1].isFinite else { throw .notFinite(path: file.path, name: name) }
    }
    return values
  }
}
