public import Foundation
import Storage

/// Reads captions alone, where there need be no sounds.
public enum CaptionList {
  /// The captions of a metadata.jsonl, or of the one in a folder.
  /// - Throws: `DatasetError` when it cannot be read, or a line is no record.
  public static func captions(in url: URL) throws -> [String] {
    var isFolder: ObjCBool = false
    let isThere = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    let file = isThere && isFolder.boolValue ? url.appendingPathComponent("metadata.jsonl") : url
    let data: Data
    do { data = try MappedFile.read(file) } catch {
      throw DatasetError.unreadable(path: file.path, reason: error.reason)
    }
    var captions: [String] = []
    for (number, line) in data.split(separator: UInt8(ascii: "\n")).enumerated() {
      do { captions += try CaptionRecord(json: Array(line)[...]).captions } catch {
        throw DatasetError.unreadable(path: file.path, reason: "line \(number + 1): \(error.reason)")
      }
    }
    return captions
  }
}
