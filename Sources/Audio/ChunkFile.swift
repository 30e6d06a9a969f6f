import Foundation

/// The chunks of a RIFF (WAV) or FORM (AIFF) file, for what libsndfile does not tell: it shortens the length that the
/// audio chunk announces to the file's, so that a download that broke off passes for a whole clip, and it drops texts
/// of more than 2047 bytes.
struct ChunkFile {
  private struct Chunk {
    let name: String
    /// Where its content starts, in bytes from the start of the file.
    let offset: UInt64
    /// As announced.
    let length: UInt32
  }

  /// Programs that could not seek back leave a number like these instead of a length.
  private static let placeholders: ClosedRange<UInt32> = 0x7FFF_0000...0xFFFF_FFFF
  /// Some writers count a header into the length: so few bytes missing are no loss.
  private static let tolerance: UInt64 = 64
  /// More text than anyone means to keep in a sound file.
  private static let longestText: UInt32 = 1 << 20

  private let file: FileHandle
  private let fileLength: UInt64
  private let isBigEndian: Bool

  /// Opens a file; `nil` for all but WAV and AIFF.
  init?(_ url: URL) {
    guard let file = try? FileHandle(forReadingFrom: url), let fileLength = try? file.seekToEnd() else { return nil }
    self.file = file
    self.fileLength = fileLength
    guard let start = Self.bytes(12, at: 0, of: file) else { return nil }
    let kind = Self.name(start[0..<4]) + Self.name(start[8..<12])
    guard ["RIFFWAVE", "FORMAIFF", "FORMAIFC"].contains(kind) else { return nil }
    isBigEndian = kind.hasPrefix("FORM")
  }

  /// The part of the announced audio bytes that the file holds, 0…1; `nil` where that cannot be told.
  var shareOfAudioPresent: Double? {
    let wanted = isBigEndian ? "SSND" : "data"
    guard let chunk = chunks(from: 12, to: fileLength).first(where: { $0.name == wanted }),
      !Self.placeholders.contains(chunk.length)
    else { return nil }
    // An AIFF chunk starts with two numbers of four bytes that are no audio.
    let preamble: UInt64 = isBigEndian ? 8 : 0
    let announced = max(1, max(preamble, UInt64(chunk.length)) - preamble)
    let present = max(fileLength, chunk.offset + preamble) - chunk.offset - preamble
    return present + Self.tolerance < announced ? Double(present) / Double(announced) : 1
  }

  /// The text of a WAV's INFO list under a name such as `ICMT`.
  func text(_ name: String) -> String? {
    guard !isBigEndian else { return nil }
    for list in chunks(from: 12, to: fileLength) where list.name == "LIST" {
      guard Self.bytes(4, at: list.offset, of: file).map({ Self.name($0[...]) }) == "INFO" else { continue }
      let end = min(fileLength, list.offset + UInt64(list.length))
      guard let chunk = chunks(from: list.offset + 4, to: end).first(where: { $0.name == name }),
        chunk.length <= Self.longestText, let bytes = Self.bytes(Int(chunk.length), at: chunk.offset, of: file)
      else { continue }
      return AudioTags.decode(bytes.prefix { $0 != 0 })
    }
    return nil
  }

  /// What the first chunk of a name holds; nil where there is none, or a longer one than any that is meant.
  func content(_ name: String) -> [UInt8]? {
    guard let chunk = chunks(from: 12, to: fileLength).first(where: { $0.name == name }),
      chunk.length <= Self.longestText
    else { return nil }
    return Self.bytes(Int(chunk.length), at: chunk.offset, of: file)
  }

  private func chunks(from start: UInt64, to end: UInt64) -> UnfoldSequence<Chunk, UInt64> {
    sequence(state: start) { offset in
      guard offset + 8 <= end, let header = Self.bytes(8, at: offset, of: file) else { return nil }
      let digits = isBigEndian ? Array(header[4..<8]) : header[4..<8].reversed()
      let length = digits.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      defer { offset += 8 + UInt64(length) + UInt64(length & 1) }
      return Chunk(name: Self.name(header[0..<4]), offset: offset + 8, length: length)
    }
  }

  private static func name(_ bytes: ArraySlice<UInt8>) -> String {
    String(decoding: bytes, as: UTF8.self)
  }

  private static func bytes(_ count: Int, at offset: UInt64, of file: FileHandle) -> [UInt8]? {
    guard (try? file.seek(toOffset: offset)) != nil, let data = try? file.read(upToCount: count), data.count == count
    else { return nil }
    return Array(data)
  }
}
