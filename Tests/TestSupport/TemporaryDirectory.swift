package import Foundation

/// A directory of its own for one test, removed with it.
package final class TemporaryDirectory {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "hiss-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(at: url)
  }

  package func file(_ name: String) -> URL { url.appending(path: name) }

  /// The names of all that lies in it, hidden files too.
  package func contents() throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  /// Writes raw bytes under a name.
  package func write(_ bytes: [UInt8], as name: String) throws -> URL {
    try Data(bytes).write(to: file(name))
    return file(name)
  }
}
