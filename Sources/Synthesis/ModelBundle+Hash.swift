public import Foundation
import Layers
import Storage
import Tensors

extension ModelBundle {
  /// What tells this model from every other: a hash of `config.json`, the weights and the glossary, as 16 hexadecimal
  /// digits.
  /// - Throws: `ModelError.missing` where there is no model, or `unreadable`.
  public static func hash(of directory: URL) throws(ModelError) -> String {
    let configuration = directory.appendingPathComponent("config.json")
    let weights = weightsURL(in: directory)
    guard FileManager.default.fileExists(atPath: configuration.path) else { throw .missing(path: directory.path) }
    guard FileManager.default.fileExists(atPath: weights.path) else {
      throw .weights(.file(.missing(path: weights.path)))
    }
    var hash: UInt64 = 0
    let glossary = glossaryURL(in: directory)
    let hasGlossary = FileManager.default.fileExists(atPath: glossary.path)
    for url in [configuration, weights] + (hasGlossary ? [glossary] : []) {
      guard let file = DurableFile.fingerprint(of: url) else {
        throw .unreadable(path: url.path, reason: "it cannot be read")
      }
      hash = [hash, file.hash].withUnsafeBytes { StableHash.of($0) }
    }
    return StableHash.hexadecimal(hash)
  }
}

extension ModelLibrary {
  /// The folder of the very model that made a clip: the one of that name, or another of that hash.
  /// - Throws: `ModelError.missing` where there is neither, `changed` where there is only another of that name.
  public static func locate(_ name: String, hash: String) throws(ModelError) -> URL {
    let named = try? locate(name)
    let here = try named.map { url throws(ModelError) in try ModelBundle.hash(of: url) }
    if let named, here == hash { return named }
    for folder in all() where (try? ModelBundle.hash(of: folder)) == hash { return folder }
    guard let named, let here else { throw .missing(path: name) }
    throw .changed(path: named.path, hash: here, wanted: hash)
  }
}
