import CSndfile

/// A growing file in memory that libsndfile writes into.
///
/// Encoding in memory leaves one place where the disk can fail, instead of every flush inside of a codec.
final class MemoryFile {
  private(set) var bytes: [UInt8] = []
  private var position = 0

  /// The callbacks for `sf_open_virtual`, whose user data is the unretained `MemoryFile`.
  static var virtualIO: SF_VIRTUAL_IO {
    SF_VIRTUAL_IO(
      get_filelen: { sf_count_t(MemoryFile.from($0).bytes.count) },
      seek: { offset, whence, user in sf_count_t(MemoryFile.from(user).seek(Int(offset), whence)) },
      read: { buffer, count, user in sf_count_t(MemoryFile.from(user).read(into: buffer, Int(count))) },
      write: { buffer, count, user in sf_count_t(MemoryFile.from(user).write(buffer, Int(count))) },
      tell: { sf_count_t(MemoryFile.from($0).position) })
  }

  var userData: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  private static func from(_ userData: UnsafeMutableRawPointer?) -> MemoryFile {
    guard let userData else { preconditionFailure("libsndfile lost the file it writes to") }
    return Unmanaged<MemoryFile>.fromOpaque(userData).takeUnretainedValue()
  }

  private func seek(_ offset: Int, _ whence: Int32) -> Int {
    switch Int(whence) {
    case SF_SEEK_CUR: position += offset
    case SF_SEEK_END: position = bytes.count + offset
    default: position = offset
    }
    position = max(0, position)
    return position
  }

  private func read(into buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    let available = max(0, min(count, bytes.count - position))
    guard let buffer, available > 0 else { return 0 }
    bytes.withUnsafeBytes { source in
      buffer.copyMemory(from: source.baseAddress.unsafelyUnwrapped + position, byteCount: available)
    }
    position += available
    return available
  }

  private func write(_ buffer: UnsafeRawPointer?, _ count: Int) -> Int {
    guard let buffer, count > 0 else { return 0 }
    let end = position + count
    if end > bytes.count { bytes.append(contentsOf: repeatElement(0, count: end - bytes.count)) }
    bytes.withUnsafeMutableBytes { target in
      UnsafeMutableRawBufferPointer(rebasing: target[position..<end])
        .copyMemory(from: UnsafeRawBufferPointer(start: buffer, count: count))
    }
    position = end
    return count
  }
}
