package import Foundation

/// Writes files that are there whole or not at all, after a crash or a power cut too.
package enum DurableFile {
  /// Writes `bytes` under another name in the same file system, waits for the disk, and renames.
  /// - Parameter temporary: replaced if it is there; gone afterwards, unless the process dies.
  /// - Throws: `StorageError.cannotWrite`.
  package static func write(_ bytes: some Sequence<UInt8>, to url: URL, by temporary: URL) throws(StorageError) {
    do throws(StorageError) {
      // What a link of this name leads to is not ours to empty.
      let file = try FileDescriptor(temporary.path, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW)
      try file.write(Array(bytes))
      try file.flush()
    } catch {
      unlink(temporary.path)
      throw error.named(url.path)
    }
    try replace(url, by: temporary)
  }

  /// Writes `bytes` as above, under a temporary name that no other process gives: for folders in which anybody may write.
  /// - Throws: `StorageError.cannotWrite`.
  package static func writeShared(_ bytes: some Sequence<UInt8>, to url: URL) throws(StorageError) {
    let name = ".\(url.lastPathComponent.prefix(100)).\(UInt32.random(in: 0...UInt32.max)).part"
    try write(bytes, to: url, by: url.deletingLastPathComponent().appendingPathComponent(name))
  }

  /// Makes a folder, and those above it that are missing.
  /// - Throws: `StorageError.cannotWrite` with the first that cannot be made.
  package static func makeFolder(_ url: URL) throws(StorageError) {
    guard mkdir(url.path, 0o777) != 0 else { return }
    let code = errno
    var status = stat()
    if stat(url.path, &status) == 0 {
      guard status.st_mode & S_IFMT == S_IFDIR else { throw .cannotWrite(path: url.path, code: ENOTDIR) }
      return
    }
    let parent = url.standardizedFileURL.deletingLastPathComponent()
    guard code == ENOENT, parent.path != url.standardizedFileURL.path else {
      throw .cannotWrite(path: url.path, code: code)
    }
    try makeFolder(parent)
    guard mkdir(url.path, 0o777) == 0 || errno == EEXIST else { throw .cannotWrite(path: url.path, code: errno) }
  }

  /// Waits until the names in a folder are on the disk.
  package static func flush(folder: URL) throws(StorageError) {
    let file = try FileDescriptor(folder.path, O_RDONLY | O_DIRECTORY)
    // Some network file systems know no flushing of folders.
    guard fsync(file.number) == 0 || errno == EINVAL else { throw .cannotWrite(path: folder.path, code: errno) }
  }

  /// The stable hash of a file's bytes, and their number; nil where it cannot be read, or is no file but a device or a
  /// pipe, which may have no end. It is read block by block: its size costs no memory.
  package static func fingerprint(of url: URL) -> (hash: UInt64, byteCount: Int)? {
    guard let file = try? FileDescriptor(url.path, O_RDONLY | O_NONBLOCK), let status = try? file.status(),
      status.st_mode & S_IFMT == S_IFREG
    else { return nil }
    let length = Int(status.st_size)
    let block = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, min(blockLength, length)), alignment: 32)
    defer { block.deallocate() }
    var stream = StableHash.Stream()
    var offset = 0
    while offset < length {
      // Shorter than was said: somebody is cutting it meanwhile.
      guard let count = try? file.read(into: block, from: offset), count == min(block.count, length - offset) else {
        return nil
      }
      stream.absorb(UnsafeRawBufferPointer(rebasing: block[..<count]))
      offset += count
    }
    return (stream.hash, length)
  }

  private static let blockLength = 1 << 20
}

extension StorageError {
  /// The same fault, told of the file that the user knows.
  fileprivate func named(_ path: String) -> StorageError {
    switch self {
    case .cannotRead(_, let code), .cannotWrite(_, let code), .cannotLock(_, let code):
      .cannotWrite(path: path, code: code)
    case .notAFile, .notOurs, .notAFolder: self
    }
  }
}
