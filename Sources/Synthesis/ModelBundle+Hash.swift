public import Foundation
import Layers
import Storage
import Tensors

extension ModelBundle {
  /// What tells this model, or voice, from every other: a hash of `config.json`, the weights, the glossary and the lengths
  /// of its sounds, as 16 hexadecimal digits. What it leaps with is told of clips that leap alone (`ClipEnvironment`).
  /// - Throws: `ModelError` where there is no model: the configuration and the weights' header are looked at before all of
  ///   them is read.
  public static func hash(of directory: URL) throws(ModelError) -> String {
    let configuration = directory.appendingPathComponent("config.json")
    let weights = try ModelLibrary.check(directory).configuration.weightsURL(in: directory)
    var hash: UInt64 = 0
    let extras = [glossaryURL(in: directory), SoundLengths.url(inModel: directory)]
    for url in [configuration, weights] + extras.filter({ FileManager.default.fileExists(atPath: $0.path) }) {
      guard let file = DurableFile.fingerprint(of: url) else {
        throw .unreadable(path: url.path, reason: "it cannot be read")
      }
      hash = [hash, file.hash].withUnsafeBytes { StableHash.of($0) }
    }
    return StableHash.hexadecimal(hash)
  }

  /// What tells a model's weights from others, whatever else lies beside them, as 16 hexadecimal digits.
  /// - Throws: `ModelError.unreadable`.
  public static func weightsHash(of directory: URL) throws(ModelError) -> String {
    try fileHash(of: weightsURL(in: directory))
  }

  static func fileHash(of url: URL) throws(ModelError) -> String {
    guard let file = DurableFile.fingerprint(of: url) else {
      throw .unreadable(path: url.path, reason: "it cannot be read")
    }
    return StableHash.hexadecimal(file.hash)
  }
}

extension ModelLibrary {
  /// The folder of the very model that made a clip: the one of that name, or another of that hash.
  ///
  /// The name comes from a clip's tags, and so from anyone: one that is a path to elsewhere is not followed.
  /// - Throws: `ModelError.missing` where there is neither, `changed` where there is only another of that name.
  public static func locate(_ name: String, hash: String) throws(ModelError) -> URL {
    let named = isPlainName(name) ? try? locate(name) : nil
    let here = try named.map { url throws(ModelError) in try ModelBundle.hash(of: url) }
    if let named, here == hash { return named }
    for folder in all() where (try? ModelBundle.hash(of: folder)) == hash { return folder }
    guard let named, let here else { throw .missing(path: name) }
    throw .changed(path: named.path, hash: here, wanted: hash)
  }

  static func isPlainName(_ name: String) -> Bool {
    !name.isEmpty && !name.contains("/") && !name.contains("\0") && name != "." && name != ".."
  }
}
