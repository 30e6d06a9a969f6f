/// The text of a table as spreadsheets save it: UTF-8 with or without a byte-order mark, UTF-16 with one ("Unicode text"),
/// or Windows-1252 ("CSV" of a Windows program), with lines that end in LF, CRLF or, from old Macs, CR.
package struct SpreadsheetText: Equatable, Sendable {
  package typealias Fault = CommaSeparatedValues.Fault

  /// UTF-8 without a byte-order mark, whose lines end in LF or CRLF.
  package let bytes: [UInt8]
  /// What had to be guessed; nil if nothing.
  package let remark: String?

  /// - Throws: where it is no text, and on which line.
  package init(_ data: some Sequence<UInt8>) throws(Fault) {
    var bytes = Array(data)
    var remark: String?
    if bytes.starts(with: [0x50, 0x4B, 3, 4]) {
      throw Fault(line: 1, reason: "a workbook (.xlsx, .ods) rather than text: save it as CSV")
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      bytes.removeFirst(3)
    } else if let text = try Self.wideText(bytes) {
      bytes = text
    } else if String(validating: bytes, as: UTF8.self) == nil {
      bytes = try Self.windowsText(bytes)
      remark = "it is not UTF-8, and is read as Windows-1252"
    }
    if !bytes.contains(Self.newline), bytes.contains(Self.return) {
      bytes = bytes.map { $0 == Self.return ? Self.newline : $0 }
    }
    (self.bytes, self.remark) = (bytes, remark)
  }

  private static let newline = UInt8(ascii: "\n")
  private static let `return` = UInt8(ascii: "\r")

  /// UTF-16 as UTF-8; nil without the byte-order mark of UTF-16.
  private static func wideText(_ bytes: [UInt8]) throws(Fault) -> [UInt8]? {
    let isLittle = bytes.starts(with: [0xFF, 0xFE])
    guard isLittle || bytes.starts(with: [0xFE, 0xFF]) else { return nil }
    let units = stride(from: 2, to: bytes.count - 1, by: 2).map { place in
      let (first, second) = (UInt16(bytes[place]), UInt16(bytes[place + 1]))
      return isLittle ? second << 8 | first : first << 8 | second
    }
    guard bytes.count.isMultiple(of: 2), let text = String(validating: units, as: UTF16.self) else {
      throw Fault(line: 1, reason: "UTF-16 text that is damaged")
    }
    return Array(text.utf8)
  }

  /// Windows-1252 as UTF-8. Bytes that it has no character for, and control characters, tell that it is no text.
  private static func windowsText(_ bytes: [UInt8]) throws(Fault) -> [UInt8] {
    var text = String.UnicodeScalarView()
    var line = 1
    for byte in bytes {
      guard let scalar = windowsScalar(byte) else { throw Fault(line: line, reason: "not UTF-8 text") }
      text.append(scalar)
      if byte == newline { line += 1 }
    }
    return Array(String(text).utf8)
  }

  private static func windowsScalar(_ byte: UInt8) -> Unicode.Scalar? {
    switch byte {
    case 0x80...0x9F: windowsScalars[Int(byte) - 0x80].flatMap { Unicode.Scalar($0) }
    case 0..<0x20 where ![0x09, 0x0A, 0x0D].contains(byte): nil
    default: Unicode.Scalar(byte)
    }
  }

  /// Of the bytes 80 to 9F, as the Unicode Consortium's CP1252.TXT maps them.
  private static let windowsScalars: [UInt32?] = [
    0x20AC, nil, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, nil, 0x017D,
    nil, nil, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, nil,
    0x017E, 0x0178,
  ]
}
