public import Foundation
import Storage

/// Whether a clip is the same again.
extension AudioFile {
  /// Whether a file holds what `encode` gave for a file of its name: the same bytes, but for the number that every OGG stream
  /// draws by chance, and the checksums over it.
  public static func holds(_ bytes: [UInt8], at url: URL) -> Bool {
    guard let there = try? SmallFile.read(url, limit: bytes.count), there.count == bytes.count else { return false }
    if there.elementsEqual(bytes) { return true }
    guard AudioContainer(pathExtension: url.pathExtension) == .ogg else { return false }
    return withoutChance(bytes).flatMap { own in withoutChance(Array(there)).map { $0 == own } } ?? false
  }

  /// The pages of an OGG file (RFC 3533, 6) with zeros for serial number and checksum; nil where it is none.
  private static func withoutChance(_ bytes: [UInt8]) -> [UInt8]? {
    let (headLength, serial, checksum) = (27, 14..<18, 22..<26)
    var (result, start) = (bytes, 0)
    while start < bytes.count {
      guard start + headLength <= bytes.count, bytes[start..<start + 4].elementsEqual("OggS".utf8) else { return nil }
      for index in [serial, checksum].joined() { result[start + index] = 0 }
      let segments = start + headLength + Int(bytes[start + headLength - 1])
      guard segments <= bytes.count else { return nil }
      start = bytes[start + headLength..<segments].reduce(segments) { $0 + Int($1) }
    }
    return result
  }
}
