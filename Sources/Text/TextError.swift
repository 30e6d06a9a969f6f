import Foundation
import Memory
import Storage
public import Tensors

/// What can be wrong with the files of a text encoder.
public enum TextError: Error, Equatable, Sendable {
  /// None of the places where the encoder may lie holds one.
  case encoderNotFound(searched: [String])
  /// A file of the encoder's folder is not there.
  case missingFile(path: String)
  /// A file cannot be read, or is not what its name says.
  case unreadable(path: String, reason: String)
  /// A vocabulary lacks one of the tokens that every sequence needs.
  case missingToken(path: String, token: String)
  /// The configuration describes a network that this encoder is not.
  case unsupportedConfiguration(path: String, reason: String)
  /// The weights hold a tensor that the configured network has no place for.
  case unexpectedTensor(path: String, name: String)
  /// The weights are more numbers than this machine has memory for, in bytes.
  case tooLarge(path: String, needed: Int, available: Int)
  /// The weights are damaged, or lack a tensor of the shape that the configuration asks for.
  case weights(SafetensorsError)
}

extension TextError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .encoderNotFound(let searched):
      "no text encoder in \(searched.joined(separator: ", ")): run scripts/setup"
    case .missingFile(let path):
      "\(path) is missing: run scripts/setup, or name a folder that holds the whole text encoder"
    case .unreadable(let path, let reason):
      "cannot read \(path): \(reason)"
    case .missingToken(let path, let token):
      "\(path) is not a BERT vocabulary: it has no line \(token)"
    case .unsupportedConfiguration(let path, let reason):
      "\(path) describes another network than the text encoder: \(reason)"
    case .unexpectedTensor(let path, let name):
      "\(path) holds the tensor \(name), for which its config.json has no place"
    case .tooLarge(let path, let needed, let available):
      "\(path) needs \(MemoryBudget.words(needed)) of memory, and \(MemoryBudget.words(available)) are there"
    case .weights(let error):
      error.description
    }
  }
}

/// Reads whole files of the encoder's folder, and glossaries.
enum FileContents {
  /// - Parameter limit: the most bytes that such a file has.
  static func read(_ url: URL, limit: Int) throws(TextError) -> Data {
    do { return try SmallFile.read(url, limit: limit) } catch {
      guard error != .missing else { throw .missingFile(path: url.path) }
      throw .unreadable(path: url.path, reason: error.description)
    }
  }
}
