/// Reads comma-separated values as RFC 4180 describes them: fields may be quoted, and quoted fields may hold commas,
/// line breaks and doubled quotes. Lines end in LF or CRLF; empty lines are skipped; a byte-order mark is dropped.
///
/// Spreadsheets write semicolons and tabs for commas too, UTF-16 with a byte-order mark, and lines that end in CR: the
/// first line tells.
package enum CommaSeparatedValues {
  /// One record, and the line (from 1) on which it begins.
  package struct Record: Equatable, Sendable {
    package let line: Int
    package let fields: [String]
  }

  /// What breaks the format, and on which line (from 1).
  package struct Fault: Error, Equatable, Sendable {
    package let line: Int
    package let reason: String

    package init(line: Int, reason: String) {
      self.line = line
      self.reason = reason
    }
  }

  /// All records of a text, and what stands between their fields.
  package struct Table: Equatable, Sendable {
    package let separator: Character
    package let records: [Record]

    /// Whether numbers may be written with a comma: where another character stands between fields.
    package var mayHaveDecimalCommas: Bool { separator != "," }
  }

  /// All records of `text` in order.
  package static func parse(_ text: some Sequence<UInt8>) throws(Fault) -> [Record] { try table(text).records }

  /// All records of `text` in order, and what stands between their fields.
  package static func table(_ text: some Sequence<UInt8>) throws(Fault) -> Table {
    var bytes = MarkedText.utf8(Array(text))
    // Lines may end in CR alone, as those of old Macintoshes.
    if !bytes.contains(Byte.newline) { bytes = bytes.map { $0 == Byte.return ? Byte.newline : $0 } }
    // Spreadsheets may say so on a line of its own: "sep=;".
    let first = bytes.prefix { $0 != Byte.newline && $0 != Byte.return }
    let hint = first.count == 5 && first.starts(with: Array("sep=".utf8)) ? first.last : nil
    var reader = Reader(bytes: bytes, separator: hint ?? separator(of: bytes))
    if hint != nil { _ = try reader.record() }
    var records: [Record] = []
    while let record = try reader.record() {
      if record.fields != [""] { records.append(record) }
    }
    return Table(separator: Character(UnicodeScalar(reader.separator)), records: records)
  }

  /// The most frequent of comma, semicolon and tab in the first line that says something, quoted fields aside.
  private static func separator(of bytes: [UInt8]) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes.drop(while: { $0 == Byte.newline || $0 == Byte.return }) {
      if byte == Byte.quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == Byte.newline || byte == Byte.return { break }
      counts[byte, default: 0] += 1
    }
    return [Byte.comma, Byte.semicolon, Byte.tab].reduce(Byte.comma) { best, next in
      counts[next, default: 0] > counts[best, default: 0] ? next : best
    }
  }

  private struct Reader {
    let bytes: [UInt8]
    let separator: UInt8
    var position = 0
    var line = 1

    init(bytes: [UInt8], separator: UInt8) { (self.bytes, self.separator) = (bytes, separator) }

    mutating func record() throws(Fault) -> Record? {
      guard position < bytes.count else { return nil }
      let start = line
      var fields: [String] = []
      while true {
        fields.append(try field())
        guard position < bytes.count else { break }
        let end = bytes[position]
        position += end == Byte.return ? 2 : 1
        if end != separator {
          line += 1
          break
        }
      }
      return Record(line: start, fields: fields)
    }

    /// Reads one field and stops at what ends it: a separator, a line break or the end.
    private mutating func field() throws(Fault) -> String {
      if position < bytes.count, bytes[position] == Byte.quote { return try quotedField() }
      let start = position
      while position < bytes.count, !atSeparator {
        if bytes[position] == Byte.quote { throw Fault(line: line, reason: "a quote inside an unquoted field") }
        position += 1
      }
      return try decoded(bytes[start..<position], line: line)
    }

    private mutating func quotedField() throws(Fault) -> String {
      let start = line
      var content: [UInt8] = []
      position += 1
      while position < bytes.count {
        let byte = bytes[position]
        position += 1
        if byte == Byte.quote {
          guard position < bytes.count, bytes[position] == Byte.quote else {
            guard position == bytes.count || atSeparator else {
              throw Fault(line: line, reason: "text after a closing quote")
            }
            return try decoded(content[...], line: start)
          }
          position += 1
        } else if byte == Byte.newline {
          line += 1
        }
        content.append(byte)
      }
      throw Fault(line: start, reason: "a quote is never closed")
    }

    private var atSeparator: Bool {
      switch bytes[position] {
      case separator, Byte.newline: true
      case Byte.return: position + 1 < bytes.count && bytes[position + 1] == Byte.newline
      default: false
      }
    }

    private func decoded(_ slice: ArraySlice<UInt8>, line: Int) throws(Fault) -> String {
      guard let text = String(validating: slice, as: UTF8.self) else {
        throw Fault(line: line, reason: "not UTF-8 text")
      }
      return text
    }
  }

  private enum Byte {
    static let comma = UInt8(ascii: ",")
    static let semicolon = UInt8(ascii: ";")
    static let tab = UInt8(ascii: "\t")
    static let quote = UInt8(ascii: "\"")
    static let newline = UInt8(ascii: "\n")
    static let `return` = UInt8(ascii: "\r")
  }
}
