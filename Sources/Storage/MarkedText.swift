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
}
