package import Foundation

/// Reads files that are meant to be small, such as a configuration, whole: their kind and size are looked at first, so that a
/// pipe, a device without an end or a file of gigabytes is refused rather than read.
package enum SmallFile {
  /// Why a file was not read.
  package enum Fault: Error, Equatable, Sendable, CustomStringConvertible {
    case missing
    /// It is a folder, a pipe or a device.
    case notAFile
    case tooLarge(byteCount: Int, limit: Int)
    case system(code: Int32)

    /// In a few words, without the path.
    package var description: String {
      switch self {
      case .missing: "there is no such file"
      case .notAFile: "it is a folder, a pipe or a device, and a file is wanted"
      case .tooLarge(let count, let limit):
        "it has \(count) bytes, and more than \(limit) are never read of such a file"
      case .system(let code): String(cString: strerror(code))
      }
    }
  }

  /// The bytes of a file.
  /// - Parameter limit: the most that it may have.
  package static func read(_ url: URL, limit: Int) throws(Fault) -> Data {
    // Without O_NONBLOCK the opening of a pipe waits for somebody to write.
    let file = try reading { () throws(StorageError) in try FileDescriptor(url.path, O_RDONLY | O_NONBLOCK) }
    let status = try reading { () throws(StorageError) in try file.status() }
    guard status.st_mode & S_IFMT == S_IFREG else { throw .notAFile }
    guard Int(status.st_size) <= limit else { throw .tooLarge(byteCount: Int(status.st_size), limit: limit) }
    return Data(try reading { () throws(StorageError) in try file.read(from: 0) })
  }

  private static func reading<Value: ~Copyable>(_ body: () throws(StorageError) -> Value) throws(Fault) -> Value {
    do { return try body() } catch {
      let code = error.code
      throw code == ENOENT || code == ENOTDIR ? .missing : .system(code: code)
    }
  }
}
