public import Foundation

/// Finds the samples in a folder, and the words that go with them.
///
/// Three layouts are understood, and may be mixed from subfolder to subfolder:
/// - **A manifest**, as in a Hugging Face `audiofolder`: `metadata.jsonl`, `metadata.csv` or `metadata.tsv` with the fields
///   `file_name` (relative to the manifest) and `text` (or `caption`, `prompt`, `description`). In JSON, a list `captions` may say the same in
///   other words; chance chooses one of all each time the clip is learned. It speaks for its folder and all below that
///   have no manifest of their own; files it does not list are left out, with a warning. Its other fields become labels.
/// - **Caption files**: `song.txt`, or `song.json` with the same fields, beside `song.wav`.
/// - **Nothing**: the names of the file and of its folders are its caption, with a warning: `Pads/warm_pad-03.wav` is
///   "Pads warm pad".
///
/// Hidden files are ignored. Links are followed, each folder once. What is not used is named in a warning, with the
/// reason: formats that are not read, names that are not UTF-8, folders that cannot be read.
public enum AudioFolder {
  /// The clips in `directory` and all its subfolders, ordered by name.
  /// - Returns: the clips, and one line for each thing that the owner of the folder would want to know.
  /// - Throws: when the folder or a manifest cannot be read, a manifest's line is malformed, names a file outside of
  ///   its folder or one that does not exist, or when there is no audio at all.
  public static func scan(_ directory: URL) throws(DatasetError) -> (clips: [CaptionedClip], warnings: [String]) {
    var scan = AudioFolderScan(root: directory.standardizedFileURL.path)
    try scan.visit("")
    return try scan.finished()
  }
}
