import Foundation
import Storage

/// The words that go with a sound that no manifest lists: a file beside it.
enum SidecarCaption {
  /// Reads `x.txt` or `x.json` beside `x.wav`; nil where there is neither.
  /// - Parameter note: is told what is unusual about it.
  /// - Throws: `DatasetError` when it cannot be read or understood.
  static func read(
    for audio: String, beside listing: FolderListing, note: (String) -> Void
  ) throws(DatasetError) -> CaptionRecord? {
    let (folder, name) = ((audio as NSString).deletingLastPathComponent, (audio as NSString).lastPathComponent)
    if let text = listing.companion(of: name, extension: "txt") {
      return try plainText("\(folder)/\(text)", note: note)
    }
    guard let record = listing.companion(of: name, extension: "json") else { return nil }
    let path = "\(folder)/\(record)"
    let bytes = try AudioFolderManifest.bytes(of: path)
    do throws(CaptionRecord.Fault) {
      return try CaptionRecord(json: bytes)
    } catch {
      throw .badCaptionFile(path: path, reason: error.reason)
    }
  }

  private static func plainText(_ path: String, note: (String) -> Void) throws(DatasetError) -> CaptionRecord {
    let bytes = try AudioFolderManifest.bytes(of: path)
    let read: SpreadsheetText
    do {
      read = try SpreadsheetText(bytes)
    } catch {
      throw .badCaptionFile(path: path, reason: error.reason)
    }
    guard let text = String(validating: read.bytes, as: UTF8.self) else {
      throw .badCaptionFile(path: path, reason: "not UTF-8 text")
    }
    if let remark = read.remark { note("\(path): \(remark)") }
    let lines = text.split(whereSeparator: \.isNewline).map { $0.trimmingCharacters(in: .whitespaces) }
    return CaptionRecord(fields: ["text": lines.filter { !$0.isEmpty }.joined(separator: " ")])
  }
}
