package import Foundation

/// A file of lines that several processes add to: each line is added whole, and on the disk when `append` returns.
package final class AppendLog: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let lock = NSLock()
  package let path: String
  private var readOffset = 0

  package init(_ url: URL) { path = url.path }

  /// Adds one line.
  /// - Throws: `StorageError`; the file is then as before.
  package func append(_ line: String) throws(StorageError) {
    lock.lock()
    defer { lock.unlock() }
    let file = try open(O_RDWR | O_CREAT | O_APPEND)
    while flock(file.number, LOCK_EX) != 0 {
      guard errno == EINTR else { throw .cannotLock(path: path, code: errno) }
    }
    let length = Int(try file.status().st_size)
    // Whoever was killed while writing left a line without an end.
    let torn = length > 0 ? try file.read(from: length - 1) != [UInt8(ascii: "\n")] : false
    do throws(StorageError) {
      try file.write(Array(((torn ? "\n" : "") + line + "\n").utf8))
      try file.flush()
    } catch {
      _ = ftruncate(file.number, off_t(length))
      throw error
    }
  }

  /// The whole lines that were added, by anyone, since the last call; an unfinished line waits for its end.
  package func newLines() throws(StorageError) -> [String] {
    lock.lock()
    defer { lock.unlock() }
    try checkLink()
    guard access(path, F_OK) == 0 else { return [] }
    let file = try open(O_RDONLY)
    let bytes = try file.read(from: readOffset)
    guard let end = bytes.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
    readOffset += end + 1
    return bytes[..<end].split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Refuses a link that leads nowhere: the file would be made wherever it points to.
  private func checkLink() throws(StorageError) {
    let url = URL(fileURLWithPath: path)
    if FileIdentity.isTaken(url), FileIdentity(url) == nil { throw .notAFile(path: path) }
  }

  /// Opens the file without waiting for anyone, as one of a pipe's ends would.
  /// - Throws: `StorageError.notAFile` for a pipe or a device, and where the file cannot be opened.
  private func open(_ flags: Int32) throws(StorageError) -> FileDescriptor {
    try checkLink()
    let file = try FileDescriptor(path, flags | O_NONBLOCK)
    guard try file.status().st_mode & S_IFMT == S_IFREG else { throw .notAFile(path: path) }
    return file
  }
}
