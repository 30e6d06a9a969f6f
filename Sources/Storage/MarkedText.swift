/// Text that begins with a byte-order mark, as Windows' programs write it.
package enum MarkedText {
  /// The same text in UTF-8 without its mark; bytes without a mark as they are.
  package static func utf8(_ bytes: [UInt8]) -> [UInt8] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return Array(bytes.dropFirst(3)) }
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return bytes }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { index in
      let (low, high) = isLittle ? (bytes[index], bytes[index + 1]) : (bytes[index + 1], bytes[index])
      return UInt16(high) << 8 | UInt16(low)
    }
    // Half of a character stays no text, so that it is refused.
    guard bytes.count % 2 == 0, let text = String(validating: units, as: UTF16.self) else { return bytes }
    return Array(text.utf8)
  }

  /// Text of Windows' western code page, which older programs write without any mark, in UTF-8; nil where that has no such
  /// character, or where bytes of 0 or a mark say that it is something else.
  package static func utf8(windowsWestern bytes: [UInt8]) -> [UInt8]? {
    guard !bytes.contains(0), !bytes.starts(with: [0xFF, 0xFE]), !bytes.starts(with: [0xFE, 0xFF]) else { return nil }
    var text = String.UnicodeScalarView()
    for byte in bytes {
      guard let scalar = (0x80..<0xA0).contains(byte) ? western[Int(byte) - 0x80] : UnicodeScalar(byte) else {
        return nil
      }
      text.append(scalar)
    }
    return Array(String(text).utf8)
  }

  /// Windows-1252 from 0x80 to 0x9F; elsewhere it is Latin-1.
  private static let western: [UnicodeScalar?] = [
    "€", nil, "‚", "ƒ", "„", "…", "†", "‡", "ˆ", "‰", "Š", "‹", "Œ", nil, "Ž", nil, nil, "‘", "’", "“", "”", "•", "–",
    "—",
    "˜", "™", "š", "›", "œ", nil, "ž", "Ÿ",
  ]
}
