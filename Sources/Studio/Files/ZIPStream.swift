package import Foundation

/// A ZIP archive of stored files (APPNOTE 6.3, method 0), as bytes that follow each other: nothing is held but the list of
/// names. Sound hardly packs, and the length of the archive is known before.
package struct ZIPStream {
  package struct Entry {
    /// In the archive, with `/` between folders.
    let name: String
    let byteCount: Int
    fileprivate var checksum: UInt32 = 0
    fileprivate var offset = 0

    package init(name: String, byteCount: Int) { (self.name, self.byteCount) = (name, byteCount) }
  }

  /// As the format's 32 bits allow.
  static let mostBytes = Int(UInt32.max) - (1 << 24)
  static let mostFiles = 65_000

  private var written: [Entry] = []
  private var offset = 0
  private let date: (UInt16, UInt16)

  package init(at time: Date = Date()) {
    var seconds = time_t(time.timeIntervalSince1970)
    var parts = tm()
    localtime_r(&seconds, &parts)
    let year = max(0, min(127, Int(parts.tm_year) - 80))
    date = (
      UInt16(parts.tm_hour << 11 | parts.tm_min << 5 | parts.tm_sec / 2),
      UInt16(year << 9 | Int(parts.tm_mon + 1) << 5 | Int(parts.tm_mday))
    )
  }

  /// The bytes of the whole archive.
  package static func byteCount(_ entries: [Entry]) -> Int {
    entries.reduce(22) { $0 + 30 + 46 + 2 * $1.name.utf8.count + 16 + $1.byteCount }
  }

  /// What stands before a file. Its checksum stands behind it.
  package mutating func begin(_ entry: Entry) -> [UInt8] {
    var entry = entry
    entry.offset = offset
    written.append(entry)
    var bytes = Bytes()
    bytes.add(UInt32(0x0403_4b50))
    bytes.add(UInt16(20))
    bytes.add(Self.flags)
    bytes.add(UInt16(0))
    bytes.add(date.0)
    bytes.add(date.1)
    for _ in 0..<3 { bytes.add(UInt32(0)) }
    bytes.add(UInt16(entry.name.utf8.count))
    bytes.add(UInt16(0))
    bytes.values += Array(entry.name.utf8)
    offset += bytes.values.count + entry.byteCount
    return bytes.values
  }

  /// What stands behind a file.
  package mutating func end(checksum: UInt32) -> [UInt8] {
    guard let last = written.indices.last else { return [] }
    written[last].checksum = checksum
    var bytes = Bytes()
    bytes.add(UInt32(0x0807_4b50))
    bytes.add(checksum)
    bytes.add(UInt32(written[last].byteCount))
    bytes.add(UInt32(written[last].byteCount))
    offset += bytes.values.count
    return bytes.values
  }

  /// The list of all files, which ends the archive.
  package func directory() -> [UInt8] {
    var bytes = Bytes()
    for entry in written {
      bytes.add(UInt32(0x0201_4b50))
      bytes.add(UInt16(0x031E))
      bytes.add(UInt16(20))
      bytes.add(Self.flags)
      bytes.add(UInt16(0))
      bytes.add(date.0)
      bytes.add(date.1)
      bytes.add(entry.checksum)
      bytes.add(UInt32(entry.byteCount))
      bytes.add(UInt32(entry.byteCount))
      bytes.add(UInt16(entry.name.utf8.count))
      for _ in 0..<4 { bytes.add(UInt16(0)) }
      bytes.add(UInt32(0o100644 << 16))
      bytes.add(UInt32(entry.offset))
      bytes.values += Array(entry.name.utf8)
    }
    let length = bytes.values.count
    bytes.add(UInt32(0x0605_4b50))
    bytes.add(UInt32(0))
    bytes.add(UInt16(written.count))
    bytes.add(UInt16(written.count))
    bytes.add(UInt32(length))
    bytes.add(UInt32(offset))
    bytes.add(UInt16(0))
    return bytes.values
  }

  /// Names are UTF-8; sizes and checksums follow the files.
  private static let flags: UInt16 = 1 << 11 | 1 << 3

  private struct Bytes {
    var values: [UInt8] = []
    mutating func add(_ value: some FixedWidthInteger) {
      withUnsafeBytes(of: value.littleEndian) { values.append(contentsOf: $0) }
    }
  }
}

/// CRC-32 as ZIP and PNG have it (ISO 3309).
package struct CyclicChecksum {
  private var register = UInt32.max
  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xEDB8_8320 }
  }

  package init() {}

  package mutating func add(_ bytes: [UInt8]) {
    var register = register
    Self.table.withUnsafeBufferPointer { table in
      for byte in bytes { register = table[Int((register ^ UInt32(byte)) & 0xFF)] ^ register >> 8 }
    }
    self.register = register
  }

  package var value: UInt32 { ~register }
}
