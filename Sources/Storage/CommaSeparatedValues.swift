/// Reads comma-separated values as RFC 4180 describes them: fields may be quoted, and quoted fields may hold commas,
/// line breaks and doubled quotes. Lines end in LF or CRLF; empty lines are skipped; a byte-order mark is dropped.
///
/// What spreadsheets make of this is `SpreadsheetTable`'s business.
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

  /// All records of `text` in order.
  /// - Parameters:
  ///   - separator: what stands between two fields: an ASCII character.
  ///   - takesQuotes: whether a quote may stand within a field that does not begin with one, which RFC 4180 forbids.
  package static func parse(
    _ text: some Sequence<UInt8>, separator: UInt8 = UInt8(ascii: ","), takesQuotes: Bool = false
  ) throws(Fault) -> [Record] {
    var bytes = Array(text)
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
    var reader = Reader(bytes: bytes, separator: separator, takesQuotes: takesQuotes)
    var records: [Record] = []
    while let record = try reader.record() {
      if record.fields != [""] { records.append(record) }
    }
    return records
  }

  /// A text as a field of a record, quoted where it needs to be: also where a spreadsheet may split fields at something else
  /// than commas, or drop spaces.
  package static func field(_ text: String) -> String {
    let scalars = text.unicodeScalars
    let isPlain = !scalars.contains { "\",;|\n\r\t".unicodeScalars.contains($0) }
    if isPlain, !text.hasPrefix(" "), !text.hasSuffix(" ") { return text }
    return "\"" + String(String.UnicodeScalarView(scalars.flatMap { $0 == "\"" ? [$0, $0] : [$0] })) + "\""
  }

  private struct Reader {
    let bytes: [UInt8]
    let separator: UInt8
    let takesQuotes: Bool
    var position = 0
    var line = 1

    init(bytes: [UInt8], separator: UInt8, takesQuotes: Bool) {
      (self.bytes, self.separator, self.takesQuotes) = (bytes, separator, takesQuotes)
    }

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
        if bytes[position] == Byte.quote, !takesQuotes {
          throw Fault(line: line, reason: "a quote inside an unquoted field")
        }
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
    static let quote = UInt8(ascii: "\"")
    static let newline = UInt8(ascii: "\n")
    static let `return` = UInt8(ascii: "\r")
  }
}
