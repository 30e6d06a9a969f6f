package import Foundation
import Storage

/// What a file says of itself, which is read before the file is mapped: whatever its size, it costs no more memory than
/// its header.
extension SafetensorsFile {
  /// The elements of all tensors of a file.
  /// - Throws: as `init(_:)`.
  package static func elementCount(of url: URL) throws(SafetensorsError) -> Int {
    let file = try open(url.path)
    return try header(of: file, byteCount: byteCount(of: file)).header.elementCount
  }

  /// Opens a file without waiting for anyone, as one of a pipe's ends would.
  static func open(_ path: String) throws(SafetensorsError) -> FileDescriptor {
    try reading(path) { () throws(StorageError) in try FileDescriptor(path, O_RDONLY | O_NONBLOCK) }
  }

  /// What is no file may have no end.
  static func byteCount(of file: borrowing FileDescriptor) throws(SafetensorsError) -> Int {
    let status: stat
    do { status = try file.status() } catch { throw .unreadable(path: file.path, reason: error.reason) }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: file.path, reason: "it is a folder, a pipe or a device")
    }
    return Int(status.st_size)
  }

  static func header(
    of file: borrowing FileDescriptor, byteCount: Int
  ) throws(SafetensorsError) -> (header: SafetensorsHeader, dataStart: Int) {
    let start = try bytes(8, at: 0, of: file)
    return try header(byteCount: byteCount, start: start, path: file.path) { length throws(SafetensorsError) in
      try bytes(length, at: 8, of: file)
    }
  }

  /// - Parameters:
  ///   - start: the file's first 8 bytes, or as many as it has.
  ///   - read: gives so many bytes behind them.
  static func header(
    byteCount: Int, start: [UInt8], path: String, read: (Int) throws(SafetensorsError) -> [UInt8]
  ) throws(SafetensorsError) -> (header: SafetensorsHeader, dataStart: Int) {
    guard start.count == 8 else { throw .truncated(path: path, byteCount: start.count) }
    let length = start.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    guard length <= UInt64(maximumHeaderLength) else { throw .headerTooLong(path: path, byteCount: length) }
    let dataStart = 8 + Int(length)
    guard byteCount >= dataStart else { throw .truncated(path: path, byteCount: byteCount) }
    let json = try read(Int(length))
    guard json.count == Int(length) else { throw .truncated(path: path, byteCount: 8 + json.count) }
    return (try SafetensorsHeader(json: json, dataLength: byteCount - dataStart, path: path), dataStart)
  }

  private static func bytes(
    _ count: Int, at offset: Int, of file: borrowing FileDescriptor
  ) throws(SafetensorsError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    let filled: Int
    do {
      filled = try bytes.withUnsafeMutableBytes { buffer in
        Result { () throws(StorageError) in try file.read(into: buffer, from: offset) }
      }.get()
    } catch { throw .unreadable(path: file.path, reason: error.reason) }
    return Array(bytes.prefix(filled))
  }

  static func reading<Value: ~Copyable>(
    _ path: String, _ body: () throws(StorageError) -> Value
  ) throws(SafetensorsError) -> Value {
    do { return try body() } catch {
      throw [ENOENT, ENOTDIR].contains(error.code)
        ? .missing(path: path) : .unreadable(path: path, reason: error.reason)
    }
  }
}

extension SafetensorsHeader {
  var elementCount: Int { entries.reduce(0) { $0 + $1.elementCount } }
}
