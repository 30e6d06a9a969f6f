import Foundation

/// Reads whole files of the encoder's folder.
enum FileContents {
  static func read(_ url: URL) throws(TextError) -> Data {
    guard FileManager.default.fileExists(atPath: url.path) else { throw .missingFile(path: url.path) }
    do {
      return try Data(contentsOf: url)
    } catch {
      throw .unreadable(path: url.path, reason: error.localizedDescription)
    }
  }
}
