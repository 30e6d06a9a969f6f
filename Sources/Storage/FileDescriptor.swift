#if canImport(Darwin)
  package import Darwin
#elseif canImport(Glibc)
  package import Glibc
#elseif canImport(Musl)
  package import Musl
#endif

/// An open file, closed with its owner.
package struct FileDescriptor: ~Copyable {
  package let number: Int32
  package let path: String

  /// Opens or creates a file, with the flags of open(2).
  package init(_ path: String, _ flags: Int32) throws(StorageError) {
    number = open(path, flags | O_CLOEXEC, 0o666)
    self.path = path
    guard number >= 0 else {
      let code = errno
      throw flags & (O_WRONLY | O_RDWR) == 0
        ? .cannotRead(path: path, code: code) : .cannotWrite(path: path, code: code)
    }
  }

  deinit {
    if number >= 0 { close(number) }
  }

  /// Writes all of the bytes.
  package borrowing func write(_ bytes: [UInt8]) throws(StorageError) {
    try bytes.withUnsafeBufferPointer { bytes throws(StorageError) in try write(UnsafeRawBufferPointer(bytes)) }
  }

  /// Writes all of the bytes.
  package borrowing func write(_ bytes: UnsafeRawBufferPointer) throws(StorageError) {
    var written = 0
    while written < bytes.count {
      let count = writeSome(number, bytes.baseAddress.map { $0 + written }, bytes.count - written)
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        throw .cannotWrite(path: path, code: count < 0 ? errno : ENOSPC)
      }
      written += count
    }
  }

  /// Waits until what was written is on the disk.
  package borrowing func flush() throws(StorageError) {
    guard fsync(number) == 0 else { throw .cannotWrite(path: path, code: errno) }
  }

  /// The bytes from an offset to the end of the file.
  package borrowing func read(from offset: Int) throws(StorageError) -> [UInt8] {
    let length = try status().st_size
    guard Int(length) > offset else { return [] }
    var bytes = [UInt8](repeating: 0, count: Int(length) - offset)
    let filled = try bytes.withUnsafeMutableBytes { bytes in
      Result { () throws(StorageError) in try read(into: bytes, from: offset) }
    }.get()
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// Fills a buffer with the bytes from an offset on; returns how many there were.
  package borrowing func read(
    into buffer: UnsafeMutableRawBufferPointer, from offset: Int
  ) throws(StorageError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = pread(number, buffer.baseAddress.map { $0 + filled }, buffer.count - filled, off_t(offset + filled))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw .cannotRead(path: path, code: errno) }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  package borrowing func status() throws(StorageError) -> stat {
    var result = stat()
    guard fstat(number, &result) == 0 else { throw .cannotRead(path: path, code: errno) }
    return result
  }
}

/// The system's `write`, whose name the method above takes.
private func writeSome(_ number: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  bytes.map { write(number, $0, count) } ?? 0
}
