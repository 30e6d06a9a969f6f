import Foundation
import Storage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Writes one `FeatureSegment`, under another name until it is whole, and locked as long as it lives.
struct FeatureSegmentWriter: ~Copyable {
  private let file: UnsafeMutablePointer<FILE>
  private let temporary: String
  private let width: Int
  private var entries: [FeatureSegment.Entry] = []
  private(set) var byteCount = 0

  /// Names of unfinished files end so.
  static let temporarySuffix = ".partial"

  init(directory: URL, width: Int) throws(DatasetError) {
    var path: String
    var file: UnsafeMutablePointer<FILE>
    repeat {
      path = directory.path + "/\(UUID().uuidString)\(Self.temporarySuffix)"
      guard let opened = fopen(path, "wbxe") else { throw Self.failure(path) }
      file = opened
      // Where files cannot be locked, none is taken for abandoned.
      if flock(fileno(file), LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK { break }
      // Whoever clears up came between the making and the locking, and removes the file.
      fclose(file)
    } while true
    temporary = path
    self.file = file
    self.width = width
  }

  /// Removes what a killed process left: whoever lives holds the lock.
  static func removeIfAbandoned(_ url: URL) {
    let descriptor = open(url.path, O_RDWR | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    if flock(descriptor, LOCK_EX | LOCK_NB) == 0 { unlink(url.path) }
  }

  deinit {
    fclose(file)
    unlink(temporary)
  }

  /// Adds a matrix of rows of the segment's width.
  mutating func append(_ values: UnsafeBufferPointer<Float16>, key: String) throws(DatasetError) {
    precondition(values.count % width == 0, "\(values.count) values are not rows of \(width)")
    let bytes = UnsafeRawBufferPointer(values)
    let hash = StableHash.of(bytes)
    entries.append(.init(key: key, offset: byteCount, rows: values.count / width, hash: hash))
    let end = byteCount + bytes.count
    let padding = (FeatureSegment.alignment - end % FeatureSegment.alignment) % FeatureSegment.alignment
    guard write(bytes), [UInt8](repeating: 0, count: padding).withUnsafeBytes({ write($0) }) else {
      throw Self.failure(temporary)
    }
  }

  /// Writes the index and gives the file its name: `prefix`, then the hash of the index.
  consuming func finish(in directory: URL, prefix: String) throws(DatasetError) -> URL {
    let indexOffset = byteCount
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    guard let index = try? encoder.encode(entries) else {
      throw .cannotWriteCache(path: temporary, reason: "a key is not text")
    }
    let indexHash = index.withUnsafeBytes { StableHash.of($0) }
    var footer = [
      FeatureSegment.magic, FeatureSegment.version, UInt64(width), UInt64(indexOffset), UInt64(index.count), indexHash,
    ]
    footer.append(footer.withUnsafeBytes { StableHash.of($0) })
    guard index.withUnsafeBytes({ write($0) }), footer.withUnsafeBytes({ write($0) }), fflush(file) == 0,
      fsync(fileno(file)) == 0
    else { throw Self.failure(temporary) }
    let url = directory.appendingPathComponent(
      "\(prefix)-\(StableHash.hexadecimal(indexHash)).\(FeatureCache.fileExtension)")
    guard rename(temporary, url.path) == 0 else { throw Self.failure(url.path) }
    do throws(StorageError) {
      try DurableFile.flush(folder: directory)
    } catch {
      throw .cannotWriteCache(path: directory.path, reason: error.reason)
    }
    return url
  }

  private mutating func write(_ bytes: UnsafeRawBufferPointer) -> Bool {
    byteCount += bytes.count
    return bytes.isEmpty || fwrite(bytes.baseAddress, 1, bytes.count, file) == bytes.count
  }

  private static func failure(_ path: String) -> DatasetError {
    .cannotWriteCache(path: path, reason: String(cString: strerror(errno)))
  }
}
