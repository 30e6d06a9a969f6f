import Foundation
import Storage

/// Reads `metadata.jsonl` and `metadata.csv`.
enum AudioFolderManifest {
  /// The names a manifest can have, the preferred one first.
  static let fileNames = ["metadata.jsonl", "metadata.csv"]

  /// The records of the manifest at `path`, each with its line (from 1).
  static func read(_ path: String) throws(DatasetError) -> [(line: Int, record: CaptionRecord)] {
    let data = try bytes(of: path)
    return path.hasSuffix(".csv") ? try table(data, path: path) : try lines(data, path: path)
  }

  /// The contents of a file.
  static func bytes(of path: String) throws(DatasetError) -> Data {
    do {
      return try Data(contentsOf: URL(fileURLWithPath: path, isDirectory: false))
    } catch {
      throw .unreadable(path: path, reason: error.systemReason)
    }
  }

  private static func lines(_ data: Data, path: String) throws(DatasetError) -> [(line: Int, record: CaptionRecord)] {
    var records: [(line: Int, record: CaptionRecord)] = []
    let content = data.starts(with: [0xEF, 0xBB, 0xBF]) ? data.dropFirst(3) : data
    for (index, line) in content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }) {
        continue
      }
      do {
        records.append((index + 1, try CaptionRecord(json: Data(line))))
      } catch {
        throw .badManifest(path: path, line: index + 1, reason: error.reason)
      }
    }
    return records
  }

  private static func table(_ data: Data, path: String) throws(DatasetError) -> [(line: Int, record: CaptionRecord)] {
    do {
      let table = try CommaSeparatedValues.parse(data)
      guard let header = table.first else { return [] }
      return try table.dropFirst().map { row throws(CommaSeparatedValues.Fault) in
        guard row.fields.count == header.fields.count else {
          let reason = "\(row.fields.count) fields under a header of \(header.fields.count)"
          throw CommaSeparatedValues.Fault(line: row.line, reason: reason)
        }
        let pairs = zip(header.fields, row.fields)
        return (row.line, CaptionRecord(fields: Dictionary(pairs) { first, _ in first }))
      }
    } catch {
      throw .badManifest(path: path, line: error.line, reason: error.reason)
    }
  }
}
