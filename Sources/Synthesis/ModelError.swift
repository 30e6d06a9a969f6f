public import Layers
import Memory

/// What is wrong with a model's folder.
public enum ModelError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no model at the path.
  case missing(path: String)
  /// A file of it cannot be understood.
  case unreadable(path: String, reason: String)
  /// The weights are more numbers than this machine has memory for, in bytes.
  case tooLarge(path: String, needed: Int, available: Int)
  /// A text encoder is of another width than the one that the model learned from.
  case otherEncoder(path: String, encoder: String, width: Int, wanted: Int)
  /// The weights are not the network's.
  case weights(WeightsError)
  /// The model is another than the one that is wanted, by its hash.
  case changed(path: String, hash: String, wanted: String)
  /// The folder cannot be written.
  case cannotWrite(path: String, reason: String)

  public var description: String {
    switch self {
    case .missing(let path): "\(path): there is no model here (a folder with config.json and model.safetensors)"
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .tooLarge(let path, let needed, let available):
      "\(path): this needs \(MemoryBudget.words(needed)) of memory, and \(MemoryBudget.words(available)) are there"
    case .otherEncoder(let path, let encoder, let width, let wanted):
      "\(path): this model learned from a text encoder of width \(wanted), and \(encoder) is of width \(width)"
    case .weights(let error): error.description
    case .changed(let path, let hash, let wanted):
      "\(path): this model's hash is \(hash), and another one of this name, \(wanted), is wanted"
    case .cannotWrite(let path, let reason): "\(path): the model cannot be written: \(reason)"
    }
  }
}
