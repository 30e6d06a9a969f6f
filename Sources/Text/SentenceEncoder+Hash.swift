public import Foundation
import Storage

extension SentenceEncoder {
  /// What tells an encoder's folder from every other: a hash of `config.json`, `vocab.txt` and the weights, as 16
  /// hexadecimal digits.
  /// - Throws: `TextError` when a file is missing, or the folder holds no text encoder.
  public static func hash(of directory: URL) throws(TextError) -> String {
    // What is no encoder is told before 90 MB are read.
    _ = try BertConfiguration(contentsOf: directory.appendingPathComponent("config.json"))
    var hash: UInt64 = 0
    for name in ["config.json", "vocab.txt", "model.safetensors"] {
      let url = directory.appendingPathComponent(name)
      guard FileManager.default.fileExists(atPath: url.path) else { throw .missingFile(path: url.path) }
      guard let file = DurableFile.fingerprint(of: url) else {
        throw .unreadable(path: url.path, reason: "it is not a file that can be read")
      }
      hash = [hash, file.hash].withUnsafeBytes { StableHash.of($0) }
    }
    return StableHash.hexadecimal(hash)
  }

  /// The hash of the encoder that scripts/setup puts in place.
  public static let standardHash = "0fd9b6ae09c7dd4a"
}
