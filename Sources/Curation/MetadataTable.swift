public import Foundation
public import Storage
import Training

/// A manifest of captions, as `AudioFolder` reads it.
enum MetadataTable {
  private static let labels = ["tempo", "key", "note", "category"]

  /// A table with a header and a line for each clip.
  /// - Parameter clips: the files' paths in the folder, and the clips whose captions and labels are theirs.
  static func text(_ clips: [(file: String, clip: CaptionedClip)]) -> String {
    let others = Set(clips.flatMap { $0.clip.labels.keys }).subtracting(labels + ["midi", "license"])
    // Lists and the like stand in JSON better.
    let columns =
      labels
      + others.filter { name in
        clips.allSatisfy { !($0.clip.labels[name] ?? "").contains { "[{\n".contains($0) } }
      }.sorted()
    let used = columns.filter { name in clips.contains { $0.clip.labels[name]?.isEmpty == false } }
    let rows = clips.map { file, clip in
      [file, clip.caption] + used.map { clip.labels[$0] ?? "" }
    }
    return ([["file_name", "text"] + used] + rows).map { $0.map(field).joined(separator: ",") + "\n" }.joined()
  }

  private static func field(_ text: String) -> String {
    text.contains { "\",\n\r;\t|".contains($0) } || text.hasPrefix(" ") || text.hasSuffix(" ")
      ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
  }
}

extension FolderSurvey {
  /// The manifest in the folder that `writeMetadata` writes.
  public static func metadata(in folder: URL) -> URL { folder.appendingPathComponent("metadata.csv") }

  /// Checks that a metadata.csv in the folder would be read.
  /// - Throws: `CurationError.otherManifest`.
  public static func checkMetadata(in folder: URL) throws(CurationError) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard let other = names.first(where: { $0.lowercased() == "metadata.jsonl" }) else { return }
    throw .otherManifest(path: folder.appendingPathComponent(other).path)
  }

  /// Writes what was understood as `metadata.csv` into the folder, to be mended by hand, whole. Clips that the manifest of
  /// a subfolder lists keep their captions there.
  /// - Returns: how many clips it lists.
  /// - Throws: `StorageError.cannotWrite`.
  public func writeMetadata() throws(StorageError) -> Int {
    let others = manifests.filter { !$0.isEmpty }
    let clips = clips.filter { clip in !others.contains { clip.name.hasPrefix($0 + "/") } }
    let table = MetadataTable.text(clips.map { ($0.name, $0) })
    try DurableFile.writeShared(Array(table.utf8), to: Self.metadata(in: directory))
    return clips.count
  }
}
