public import Foundation

/// What a PNG says of itself: a chunk `tEXt` with the keyword "Comment" (PNG, third edition, 11.3.3).
extension Picture {
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  private static let keyword = Array("Comment".utf8) + [0]
  /// No comment of a picture's own is longer.
  private static let longestComment = 1 << 20

  /// The bytes of a PNG with a comment behind its header.
  /// - Parameter comment: in ASCII.
  static func png(_ png: Data, with comment: String) -> Data {
    // The signature and IHDR: a length, a name, 13 bytes and a checksum.
    let headerEnd = signature.count + 4 + 4 + 13 + 4
    let content = Array("tEXt".utf8) + keyword + Array(comment.utf8)
    let chunk = bigEndian(UInt32(content.count - 4)) + content + bigEndian(checksum(content))
    return png.prefix(headerEnd) + chunk + png.dropFirst(headerEnd)
  }

  /// The comment of a PNG file; nil when it has none, or is no PNG.
  public static func comment(of url: URL) -> String? {
    guard let file = try? FileHandle(forReadingFrom: url) else { return nil }
    defer { try? file.close() }
    guard (try? file.read(upToCount: signature.count)).map(Array.init) == signature else { return nil }
    while let head = try? file.read(upToCount: 8), head.count == 8 {
      let length = head.prefix(4).reduce(0) { $0 << 8 | Int($1) }
      let name = String(decoding: head.suffix(4), as: UTF8.self)
      guard name != "IDAT", let place = try? file.offset() else { return nil }
      if name == "tEXt", length <= longestComment, let text = try? file.read(upToCount: length), text.count == length,
        text.starts(with: keyword)
      {
        return String(bytes: text.dropFirst(keyword.count), encoding: .isoLatin1)
      }
      guard (try? file.seek(toOffset: place + UInt64(length) + 4)) != nil else { return nil }
    }
    return nil
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] { withUnsafeBytes(of: value.bigEndian) { Array($0) } }

  /// CRC-32 as of ISO 3309.
  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0 as UInt32) { checksum, byte in
      (0..<8).reduce(checksum ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
  }
}
