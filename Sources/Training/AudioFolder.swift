public import Foundation

/// Finds the samples in a folder, and the words that go with them.
///
/// Three layouts are understood, and may be mixed from subfolder to subfolder:
/// - **A manifest**, as in a Hugging Face `audiofolder`: `metadata.jsonl`, `metadata.csv` or `metadata.tsv` with the fields
///   `file_name` (relative to the manifest) and `text` (or `caption`, `prompt`, `description`). In JSON, a list `captions` may say the same in
///   other words; chance chooses one of all each time the clip is learned. It speaks for its folder and all below that
///   have no manifest of their own; files it does not list are left out, with a warning. Its other fields become labels.
/// - **Caption files**: `song.txt`, or `song.json` with the same fields, beside `song.wav`.
/// - **Nothing**: the names of the file and of its folders are read (`NameReader`), with a warning:
///   `Pads/EE_warm_Am_90bpm.wav` is "warm pad in A minor", and has a tempo. A caption that is given wins over a name.
///
/// Hidden files are ignored. Links are followed, each folder once. What is not used is named in a warning, with the
/// reason: formats that are not read, names that are not UTF-8, folders that cannot be read.
public enum AudioFolder {
  /// The clips in `directory` and all its subfolders, ordered by name.
  /// - Returns: the clips, and one line for each thing that the owner of the folder would want to know.
  /// - Throws: when the folder or a manifest cannot be read, a manifest's line is malformed, names a file outside of
  ///   its folder or one that does not exist, or when there is no audio at all.
  public static func scan(_ directory: URL) throws(DatasetError) -> (clips: [CaptionedClip], warnings: [String]) {
    let contents = try contents(of: directory)
    return (contents.clips, contents.warnings)
  }

  /// What a folder holds.
  public struct Contents: Sendable {
    /// Ordered by name.
    public let clips: [CaptionedClip]
    /// One line for each thing that the owner of the folder would want to know.
    public let warnings: [String]
    /// What names say, by name, of the clips whose captions are their names.
    public let readings: [String: NameReading]
    /// The paths of the folders that have a manifest; "" is the folder itself.
    public let manifests: [String]
  }

  /// As `scan`, with what was understood of names.
  /// - Parameter names: nil for the table that comes with Hiss.
  public static func contents(of directory: URL, names: NameTable? = nil) throws(DatasetError) -> Contents {
    var table = names
    if table == nil { table = try NameTable.installed() }
    var scan = AudioFolderScan(root: directory.standardizedFileURL.path, names: table)
    try scan.visit("")
    return try scan.finished()
  }
}
