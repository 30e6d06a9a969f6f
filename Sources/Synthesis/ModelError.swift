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
  /// A voice is wanted, and the folder is a model's.
  case noVoice(path: String)
  /// The model that a voice is a difference from is not here, by its name and the hash of its weights.
  case baseMissing(path: String, base: String, weights: String)
  /// A voice is a difference from another model than this one, or from another version of it.
  case otherBase(path: String, base: String, weights: String, model: String)
  /// A voice cannot be added as it is asked for.
  case voice(path: String, reason: String)
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
    case .noVoice(let path):
      "\(path): this is a model, and no voice; `hiss voice` makes one of a model that was trained from another"
    case .baseMissing(let path, let base, let weights):
      "\(path): the model that this voice is added to is not here: \(base), whose weights have the hash \(weights)"
    case .otherBase(let path, let base, let weights, let model):
      "\(path): this voice is a difference from \(base), whose weights have the hash \(weights), and \(model) is another "
        + "model"
    case .voice(let path, let reason): "\(path): \(reason)"
    case .cannotWrite(let path, let reason): "\(path): the model cannot be written: \(reason)"
    }
  }
}
