import Foundation
import Storage

/// Reads `metadata.jsonl`, `metadata.csv` and `metadata.tsv`, as programs and as spreadsheets write them.
enum AudioFolderManifest {
  /// The names a manifest can have, in small letters or capitals, the preferred one first.
  static let fileNames = ["metadata.jsonl", "metadata.csv", "metadata.tsv"]
  /// What may be meant for a manifest, and is not read.
  static let unreadNames = [
    "metadata.json", "metadata.parquet", "metadata.xlsx", "metadata.xls", "metadata.ods", "metadata.txt",
  ]

  /// A line of a manifest, from 1, and what it says.
  typealias Row = (line: Int, record: CaptionRecord)

  /// The records of the manifest at `path`.
  /// - Parameter noteGuess: is called where its encoding is guessed.
  static func read(_ path: String, noteGuess: () -> Void) throws(DatasetError) -> [Row] {
    // JSON is UTF-8.
    guard !path.lowercased().hasSuffix(".jsonl") else { return try lines(bytes(of: path), path: path) }
    return try table(text(of: path, noteGuess: noteGuess), path: path)
  }

  /// The contents of a file, in UTF-8 if it has a byte-order mark.
  static func bytes(of path: String) throws(DatasetError) -> [UInt8] {
    // A pipe may have no end.
    guard FileStatus(path)?.isFile == true else { throw .unreadable(path: path, reason: "it is no file") }
    do {
      return MarkedText.utf8(try FileDescriptor(path, O_RDONLY).read(from: 0))
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
  }

  /// The contents of a file of plain text, in UTF-8: what is no UTF-8 is taken for Windows' western code page, if it can
  /// be.
  static func text(of path: String, noteGuess: () -> Void) throws(DatasetError) -> [UInt8] {
    let bytes = try bytes(of: path)
    guard String(validating: bytes, as: UTF8.self) == nil, let western = MarkedText.utf8(windowsWestern: bytes) else {
      return bytes
    }
    noteGuess()
    return western
  }

  private static func lines(_ content: [UInt8], path: String) throws(DatasetError) -> [Row] {
    var records: [Row] = []
    for (index, line) in content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }) {
        continue
      }
      do {
        records.append((index + 1, try CaptionRecord(json: line)))
      } catch {
        throw .badManifest(path: path, line: index + 1, reason: error.reason)
      }
    }
    return records
  }

  private static func table(_ content: [UInt8], path: String) throws(DatasetError) -> [Row] {
    do {
      let table = try CommaSeparatedValues.table(content)
      // Spreadsheets write rows of nothing but separators.
      let rows = table.records.filter { !$0.fields.allSatisfy(isBlank) }
      guard let header = rows.first else { return [] }
      let names = header.fields.map(CaptionRecord.fieldName)
      return try rows.dropFirst().map { row throws(CommaSeparatedValues.Fault) in
        (row.line, CaptionRecord(fields: try fields(of: row, names: names, in: table)))
      }
    } catch {
      throw .badManifest(path: path, line: error.line, reason: error.reason)
    }
  }

  /// A row's fields by name: what a short row lacks is not there, and what lies behind the header or below no name has to
  /// be blank.
  private static func fields(
    of row: CommaSeparatedValues.Record, names: [String], in table: CommaSeparatedValues.Table
  ) throws(CommaSeparatedValues.Fault) -> [String: String] {
    guard row.fields.dropFirst(names.count).allSatisfy(isBlank) else {
      let reason = "\(row.fields.count) fields under a header of \(names.count)"
      throw CommaSeparatedValues.Fault(line: row.line, reason: reason)
    }
    var fields: [String: String] = [:]
    for (name, field) in zip(names, row.fields) {
      guard !name.isEmpty else {
        if isBlank(field) { continue }
        throw CommaSeparatedValues.Fault(line: row.line, reason: "a field under no name in the header")
      }
      if fields[name] == nil { fields[name] = table.mayHaveDecimalCommas ? withDecimalPoint(field, name) : field }
    }
    return fields
  }

  /// "92,5" as "92.5", but in captions.
  private static func withDecimalPoint(_ field: String, _ name: String) -> String {
    let isText = name == CaptionRecord.fileField || CaptionRecord.captionFields.contains(name)
    let parts = field.split(separator: ",", omittingEmptySubsequences: false)
    guard !isText, parts.count == 2, Int64(parts[0]) != nil, UInt64(parts[1]) != nil else { return field }
    return parts.joined(separator: ".")
  }

  private static func isBlank(_ field: String) -> Bool { field.allSatisfy(\.isWhitespace) }
}
