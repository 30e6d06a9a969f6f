import Foundation
import Storage

/// Reads `metadata.jsonl`, `metadata.csv` and `metadata.tsv`, as programs and as spreadsheets write them.
enum AudioFolderManifest {
  /// The names a manifest can have, in small letters or capitals, the preferred one first.
  static let fileNames = ["metadata.jsonl", "metadata.csv", "metadata.tsv"]
  /// What may be meant for a manifest, and is not read.
  static let unreadNames = [
    "metadata.json", "metadata.parquet", "metadata.xlsx", "metadata.xls", "metadata.ods",
  ]

  /// A line of a manifest, from 1, and what it says.
  typealias Row = (line: Int, record: CaptionRecord)

  /// The records of the manifest at `path`.
  /// - Parameter note: is told what is unusual about it.
  static func read(_ path: String, note: (String) -> Void) throws(DatasetError) -> [Row] {
    let bytes = try bytes(of: path)
    return path.lowercased().hasSuffix(".jsonl")
      ? try lines(bytes, path: path) : try table(bytes, path: path, note: note)
  }

  /// The contents of a file.
  static func bytes(of path: String) throws(DatasetError) -> [UInt8] {
    // A pipe may have no end.
    guard FileStatus(path)?.isFile == true else { throw .unreadable(path: path, reason: "it is no file") }
    do {
      return try FileDescriptor(path, O_RDONLY).read(from: 0)
    } catch {
      throw .unreadable(path: path, reason: error.reason)
    }
  }

  private static func lines(_ content: [UInt8], path: String) throws(DatasetError) -> [Row] {
    var records: [Row] = []
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let content = content.starts(with: mark) ? content.dropFirst(mark.count) : content[...]
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

  private static func table(
    _ content: [UInt8], path: String, note: (String) -> Void
  ) throws(DatasetError) -> [Row] {
    let table: SpreadsheetTable
    do {
      table = try SpreadsheetTable(content)
    } catch {
      throw .badManifest(path: path, line: error.line, reason: error.reason)
    }
    if let fault = table.faults.first { throw .badManifest(path: path, line: fault.line, reason: fault.reason) }
    for remark in table.remarks { note("\(path): \(remark)") }
    let names = table.columns.map(CaptionRecord.fieldName)
    return table.rows.map { row in
      let fields = zip(names, row.values).map { name, value in
        (name, table.mayHaveDecimalCommas ? withDecimalPoint(value, name) : value)
      }
      return (row.line, CaptionRecord(fields: Dictionary(fields) { first, _ in first }))
    }
  }

  /// "92,5" as "92.5", but in captions.
  private static func withDecimalPoint(_ field: String, _ name: String) -> String {
    let isText = name == CaptionRecord.fileField || CaptionRecord.captionFields.contains(name)
    let parts = field.split(separator: ",", omittingEmptySubsequences: false)
    guard !isText, parts.count == 2, Int64(parts[0]) != nil, UInt64(parts[1]) != nil else { return field }
    return parts.joined(separator: ".")
  }

  /// What a line of a manifest should say and does not, beside what it says.
  static func lack(of record: CaptionRecord) -> String {
    let wanted = record.captions.isEmpty ? "text, caption or prompt" : CaptionRecord.fileField
    let names = record.fields.keys.sorted()
    return "no \(wanted)" + (names.isEmpty ? "" : " (its fields are \(names.joined(separator: ", ")))")
  }

  /// `path` without needless components, as it is and with Windows' separators; nil when it is absolute, climbs out, or
  /// names nothing.
  static func pathsInside(_ path: String) -> [String]? {
    let spellings = path.contains("\\") ? [path, path.replacingOccurrences(of: "\\", with: "/")] : [path]
    var paths: [String] = []
    for spelling in spellings {
      let parts = spelling.split(separator: "/").filter { $0 != "." }
      guard !spelling.hasPrefix("/"), !parts.isEmpty, !parts.contains("..") else { return nil }
      paths.append(parts.joined(separator: "/"))
    }
    return paths
  }
}
