package import Foundation

/// The chunks of a WAV (RIFF) or AIFF (FORM) file, read by no code of Hiss's: what tests compare with known layouts.
package struct RIFFWalker {
  package let chunks: [(name: String, content: [UInt8])]

  /// Nil where lengths do not lead from chunk to chunk up to the very end of the file.
  package init?(_ url: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: url))
    guard bytes.count >= 12 else { return nil }
    let isBigEndian = String(decoding: bytes[0..<4], as: UTF8.self) == "FORM"
    func length(_ place: Int) -> Int {
      let digits = bytes[place..<place + 4]
      return (isBigEndian ? Array(digits) : digits.reversed()).reduce(0) { $0 * 256 + Int($1) }
    }
    guard length(4) == bytes.count - 8 else { return nil }
    var (place, found) = (12, [(name: String, content: [UInt8])]())
    while place < bytes.count {
      guard place + 8 <= bytes.count, place + 8 + length(place + 4) <= bytes.count else { return nil }
      let content = place + 8..<place + 8 + length(place + 4)
      found.append((String(decoding: bytes[place..<place + 4], as: UTF8.self), Array(bytes[content])))
      place = content.upperBound + content.count % 2
    }
    guard place == bytes.count else { return nil }
    chunks = found
  }

  package var names: [String] { chunks.map(\.name) }

  package subscript(name: String) -> [UInt8]? { chunks.first { $0.name == name }?.content }

  /// The lists of a kind: "INFO", "adtl".
  package func list(_ kind: String) -> [UInt8]? {
    chunks.first { $0.name == "LIST" && $0.content.starts(with: kind.utf8) }.map { Array($0.content.dropFirst(4)) }
  }
}

extension [UInt8] {
  /// The bytes of numbers of four bytes each, the lowest first.
  package init(words: [UInt32]) { self = words.flatMap { word in (0..<4).map { UInt8(word >> (8 * $0) & 0xFF) } } }

  /// A text in a field that zeros fill up.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: self[range].prefix { $0 != 0 }, as: UTF8.self)
  }
}
