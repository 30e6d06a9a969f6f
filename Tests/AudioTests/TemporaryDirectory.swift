import Foundation

/// A directory of its own for one test, removed with it.
final class TemporaryDirectory {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "hiss-audio-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  func file(_ name: String) -> URL { url.appending(path: name) }

  /// The names of all that lies in it, hidden files too.
  func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  /// Writes raw bytes under a name.
  func write(_ bytes: [UInt8], as name: String) throws -> URL {
    try Data(bytes).write(to: file(name))
    return file(name)
  }
}
