public import Foundation
public import Storage
import Training

/// A manifest of captions, as `AudioFolder` reads it: metadata.csv, or where clips have several captions metadata.jsonl,
/// which can hold them.
struct MetadataTable {
  let name: String
  private let text: String

  private static let labels = ["tempo", "key", "note", "category"]

  /// - Parameter clips: the files' paths in the folder, and the clips whose captions and labels are theirs.
  init(_ clips: [(file: String, clip: CaptionedClip)]) {
    let isPlain = clips.allSatisfy { $0.clip.captions.count == 1 }
    name = isPlain ? "metadata.csv" : "metadata.jsonl"
    text = isPlain ? Self.table(clips) : clips.map { Self.line($0, $1) }.joined()
  }

  /// Writes it into a folder, whole.
  /// - Returns: the file.
  func write(to folder: URL) throws(StorageError) -> URL {
    let url = folder.appendingPathComponent(name)
    try DurableFile.writeShared(Array(text.utf8), to: url)
    return url
  }

  /// A table with a header and a line for each clip.
  private static func table(_ clips: [(file: String, clip: CaptionedClip)]) -> String {
    let others = Set(clips.flatMap { $0.clip.labels.keys }).subtracting(labels).sorted()
    let used = (labels + others).filter { name in clips.contains { $0.clip.labels[name]?.isEmpty == false } }
    let rows = clips.map { file, clip in [file, clip.caption] + used.map { clip.labels[$0] ?? "" } }
    return ([["file_name", "text"] + used] + rows).map {
      $0.map(CommaSeparatedValues.field).joined(separator: ",") + "\n"
    }.joined()
  }

  private static func line(_ file: String, _ clip: CaptionedClip) -> String {
    let captions = clip.captions.map(JSONText.quoted).joined(separator: ",")
    let fields =
      [("file_name", JSONText.quoted(file)), ("text", JSONText.quoted(clip.caption)), ("captions", "[\(captions)]")]
      + clip.labels.sorted { $0.key < $1.key }.map { ($0.key, JSONText.quoted($0.value)) }
    return "{" + fields.map { JSONText.quoted($0.0) + ":" + $0.1 }.joined(separator: ",") + "}\n"
  }
}

extension FolderSurvey {
  /// The manifest in a folder that `writeMetadata` mostly writes.
  public static func metadata(in folder: URL) -> URL { folder.appendingPathComponent("metadata.csv") }

  /// Checks that a metadata.csv in the folder would be read.
  /// - Throws: `CurationError.otherManifest`.
  public static func checkMetadata(in folder: URL) throws(CurationError) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    guard let other = names.first(where: { $0.lowercased() == "metadata.jsonl" }) else { return }
    throw .otherManifest(path: folder.appendingPathComponent(other).path)
  }

  /// Writes what was understood as `metadata.csv` into the folder, to be mended by hand, whole; as `metadata.jsonl` where
  /// clips have several captions. Clips that the manifest of a subfolder lists keep their captions there.
  /// - Parameter captions: by the files' names, of those that are to have another.
  /// - Returns: the file, and how many clips it lists.
  /// - Throws: `StorageError.cannotWrite`.
  public func writeMetadata(captions: [String: String] = [:]) throws(StorageError) -> (file: URL, clips: Int) {
    let others = manifests.filter { !$0.isEmpty }
    let clips = clips.filter { clip in !others.contains { clip.name.hasPrefix($0 + "/") } }.map { clip in
      guard let caption = captions[clip.name] else { return clip }
      return CaptionedClip(audio: clip.audio, name: clip.name, captions: [caption], labels: clip.labels)
    }
    return (try MetadataTable(clips.map { ($0.name, $0) }).write(to: directory), clips.count)
  }
}
