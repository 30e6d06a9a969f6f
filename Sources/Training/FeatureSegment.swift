import Foundation
import Parallelism
import Storage

#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file of half-precision matrices, found by key, mapped into memory.
///
/// The matrices come first, each on a boundary of 64 bytes; then the index, JSON; then a footer of seven words: the magic
/// number, the format's version, the matrices' width, the index' offset, length and hash, and the footer's own hash. A
/// file is written under another name and renamed when whole, so one that is found is whole or has been damaged since.
final class FeatureSegment: @unchecked Sendable {
  // Sendable: nothing is written after init.
  struct Entry: Codable {
    let key: String
    let offset: Int
    let rows: Int
    let hash: UInt64
  }

  static let magic: UInt64 = 0x7377_6F72_7373_6968  // "hissrows" in the file's order of bytes
  static let version: UInt64 = 1
  static let footerByteCount = 56
  static let alignment = 64

  let url: URL
  let width: Int
  let entries: [Entry]
  private let map: UnsafeMutableRawPointer
  private let byteCount: Int

  /// Maps the file at `url`.
  /// - Throws: `FeatureSegmentFault`.
  init(_ url: URL, width: Int) throws(FeatureSegmentFault) {
    let descriptor = open(url.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw errno == ENOENT ? .gone : .cannotOpen(code: errno) }
    defer { close(descriptor) }
    let byteCount = lseek(descriptor, 0, SEEK_END)
    guard byteCount >= 0 else { throw .cannotOpen(code: errno) }
    guard byteCount >= Self.footerByteCount else { throw .damaged }
    guard let map = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, descriptor, 0), map != MAP_FAILED else {
      throw .cannotOpen(code: errno)
    }
    let bytes = UnsafeRawBufferPointer(start: map, count: byteCount)
    let entries: [Entry]
    do throws(FeatureSegmentFault) {
      entries = try Self.index(of: bytes, width: width)
    } catch {
      munmap(map, byteCount)
      throw error
    }
    self.url = url
    self.width = width
    self.entries = entries
    self.map = map
    self.byteCount = byteCount
  }

  deinit {
    munmap(map, byteCount)
  }

  /// Whether every matrix still has the hash it was written with; reads the whole file.
  func isIntact(threads: Int) -> Bool {
    let share = max(1, (entries.count + threads - 1) / threads)
    return Parallel.map((entries.count + share - 1) / share, threads: threads) { [self] part in
      entries[part * share..<min((part + 1) * share, entries.count)].allSatisfy {
        StableHash.of(bytes(of: $0)) == $0.hash
      }
    }.allSatisfy(\.self)
  }

  func rows(of entry: Entry) -> FeatureRows {
    let base = UnsafeRawPointer(map + entry.offset).assumingMemoryBound(to: Float16.self)
    return FeatureRows(rowCount: entry.rows, width: width, hash: entry.hash, base: base, owner: self)
  }

  private func bytes(of entry: Entry) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: map + entry.offset, count: entry.rows * width * MemoryLayout<Float16>.size)
  }

  private static func index(of bytes: UnsafeRawBufferPointer, width: Int) throws(FeatureSegmentFault) -> [Entry] {
    let footer = UnsafeRawBufferPointer(rebasing: bytes.suffix(footerByteCount))
    let words = (0..<7).map { footer.loadUnaligned(fromByteOffset: $0 * 8, as: UInt64.self) }
    guard words[0] == magic, words[6] == StableHash.of(UnsafeRawBufferPointer(rebasing: footer.prefix(48))) else {
      throw .damaged
    }
    guard words[1] == version, words[2] == UInt64(width) else { throw .foreign }
    guard let offset = Int(exactly: words[3]), let length = Int(exactly: words[4]),
      offset <= bytes.count, length == bytes.count - footerByteCount - offset
    else { throw .damaged }
    let index = UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + length])
    guard StableHash.of(index) == words[5],
      let entries = try? JSONDecoder().decode([Entry].self, from: Data(index))
    else { throw .damaged }
    let rowByteCount = width * MemoryLayout<Float16>.size
    let isSound = entries.allSatisfy {
      $0.offset >= 0 && $0.offset % alignment == 0 && $0.rows >= 0 && $0.offset <= offset
        && $0.rows <= (offset - $0.offset) / rowByteCount
    }
    guard isSound else { throw .damaged }
    return entries
  }
}

/// Why a segment cannot be used.
enum FeatureSegmentFault: Error, Equatable {
  /// Its magic number or a hash is wrong, or it ends too early: it can be made again.
  case damaged
  /// It is whole, and another version's.
  case foreign
  /// Another process has removed it.
  case gone
  /// The system does not open it: for want of permission, memory, descriptors. It may be whole.
  case cannotOpen(code: Int32)
}
