/// A table with a header, as spreadsheets and scripts write it.
///
/// Fields are separated by commas, semicolons, tabs or vertical bars: whichever the header has most of, unless the first
/// line says so ("sep=;"). Blank rows and columns without a name (pandas' numbers of rows) are passed over, and a row may
/// end before its last columns.
package struct SpreadsheetTable: Equatable, Sendable {
  package typealias Fault = CommaSeparatedValues.Fault

  package struct Row: Equatable, Sendable {
    /// From 1, where it begins.
    package let line: Int
    /// One for each column, as written; empty where the row says nothing.
    package let values: [String]
  }

  /// The names of the header, without blanks around them.
  package let columns: [String]
  /// The header's line.
  package let line: Int
  package let rows: [Row]
  /// Rows that are left out because they hold more than the header names.
  package let faults: [Fault]
  /// What is unusual about the whole file, and how it was read.
  package let remarks: [String]
  /// Whether numbers may have commas: what separates fields is something else.
  package let mayHaveDecimalCommas: Bool

  /// - Throws: where the text is none, or a quote is never closed.
  package init(_ data: some Sequence<UInt8>) throws(Fault) {
    let text = try SpreadsheetText(data)
    remarks = text.remark.map { [$0] } ?? []
    let dialect = Self.dialect(of: text.bytes)
    mayHaveDecimalCommas = dialect.separator != UInt8(ascii: ",")
    let records = try CommaSeparatedValues.parse(text.bytes, separator: dialect.separator, takesQuotes: true)
      .dropFirst(dialect.isDeclared ? 1 : 0)
      .filter { !$0.fields.allSatisfy(Self.isBlank) }
    let header = records.first
    let names = header?.fields.map(Self.trimmed) ?? []
    let places = names.indices.filter { !names[$0].isEmpty }
    columns = places.map { names[$0] }
    line = header?.line ?? 1
    var (rows, faults) = ([Row](), [Fault]())
    for record in records.dropFirst() {
      // A comma too many, in a prompt without quotes, would cut it.
      if record.fields.dropFirst((places.last ?? -1) + 1).contains(where: { !Self.isBlank($0) }) {
        let reason = "\(record.fields.count) values, and the header names \(places.count) fields"
        faults.append(Fault(line: record.line, reason: reason))
      } else {
        let values = places.map { $0 < record.fields.count ? record.fields[$0] : "" }
        rows.append(Row(line: record.line, values: values))
      }
    }
    (self.rows, self.faults) = (rows, faults)
  }

  /// What separates fields, and whether the first line is there to say so.
  private static func dialect(of bytes: [UInt8]) -> (separator: UInt8, isDeclared: Bool) {
    let lines = bytes.split(separator: UInt8(ascii: "\n"), maxSplits: 1)
    let declared = (lines.first ?? []).filter { $0 != UInt8(ascii: "\r") && $0 != UInt8(ascii: "\"") }
    if declared.count == 5, declared.starts(with: Array("sep=".utf8)), separators.contains(declared[4]) {
      return (declared[4], true)
    }
    var counts = [UInt8: Int]()
    var isQuoted = false
    // The first line that holds a name is the header; a quoted name may have line breaks of its own.
    var hasName = false
    for byte in bytes {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if byte == UInt8(ascii: "\n"), !isQuoted {
        if hasName { break }
        counts = [:]
      } else if !isQuoted, separators.contains(byte) {
        counts[byte, default: 0] += 1
      } else if byte > 0x20 {
        hasName = true
      }
    }
    let most = separators.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? separators[0]
    return (counts[most, default: 0] > 0 ? most : separators[0], false)
  }

  private static let separators = Array(",;\t|".utf8)

  private static func isBlank(_ field: String) -> Bool { field.allSatisfy(\.isWhitespace) }

  private static func trimmed(_ field: String) -> String {
    var text = Substring(field)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
