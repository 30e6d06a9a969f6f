import Foundation

/// Looks into RIFF (WAV) and FORM (AIFF) files for the length that their audio chunk announces.
///
/// libsndfile shortens that length to the file's without a word, so a download that broke off would pass for a whole
/// clip.
enum ChunkHeader {
  /// Programs that could not seek back leave a number like these instead of a length.
  private static let placeholders: ClosedRange<UInt32> = 0x7FFF_0000...0xFFFF_FFFF
  /// Some writers count a header into the length: so few bytes missing are no loss.
  private static let tolerance = 64

  /// The part of the announced audio bytes that the file holds, 0…1; `nil` where that cannot be told.
  static func shareOfAudioPresent(in url: URL) -> Double? {
    guard let file = try? FileHandle(forReadingFrom: url) else { return nil }
    defer { try? file.close() }
    guard let fileLength = try? file.seekToEnd(), let start = bytes(12, at: 0, of: file) else { return nil }
    let kind = String(decoding: start[0..<4] + start[8..<12], as: UTF8.self)
    let isBigEndian = kind.hasPrefix("FORM")
    guard ["RIFFWAVE", "FORMAIFF", "FORMAIFC"].contains(kind) else { return nil }

    var offset: UInt64 = 12
    while let chunk = bytes(8, at: offset, of: file) {
      let name = String(decoding: chunk[0..<4], as: UTF8.self)
      let digits = isBigEndian ? Array(chunk[4..<8]) : chunk[4..<8].reversed()
      let length = digits.reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      offset += 8
      if name == (isBigEndian ? "SSND" : "data") {
        guard !placeholders.contains(length) else { return nil }
        let present = fileLength - offset
        return present + UInt64(tolerance) < UInt64(length) ? Double(present) / Double(length) : 1
      }
      offset += UInt64(length) + UInt64(length & 1)
    }
    return nil
  }

  private static func bytes(_ count: Int, at offset: UInt64, of file: FileHandle) -> [UInt8]? {
    guard (try? file.seek(toOffset: offset)) != nil, let data = try? file.read(upToCount: count), data.count == count
    else { return nil }
    return Array(data)
  }
}
