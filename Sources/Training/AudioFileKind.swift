import Audio
import Foundation

/// What a name says of a file among samples.
enum AudioFileKind {
  /// Sound of a format that is read.
  case readable
  /// Sound, or film with sound, of a format that is not.
  case foreign
  case other

  init(_ name: String) {
    let suffix = (name as NSString).pathExtension.lowercased()
    self =
      AudioFile.readableExtensions.contains(suffix)
      ? .readable : Self.foreignExtensions.contains(suffix) ? .foreign : .other
  }

  /// The formats that are read, for those who have others.
  static let readableNames = "WAV, FLAC, AIFF, OGG, Opus, MP3, CAF, AU"

  private static let foreignExtensions: Set<String> = [
    "m4a", "m4b", "m4p", "m4r", "aac", "wma", "mp4", "mov", "mkv", "mka", "webm", "weba", "amr", "3gp", "ape", "wv",
    "tta", "mpc", "ac3", "eac3", "dts", "dsf", "dff", "ra", "rm", "mp2", "spx", "gsm", "alac", "rx2", "rex", "nki",
  ]

  /// Whether a folder is one that systems make for themselves: rubbish bins, thumbnails, the like.
  static func isOfTheSystem(folder name: String) -> Bool { systemFolders.contains(name.lowercased()) }

  private static let systemFolders: Set<String> = [
    "$recycle.bin", "recycler", "recycled", "#recycle", "system volume information", "__macosx", "lost+found", "@eadir",
    "@recycle",
  ]
}
