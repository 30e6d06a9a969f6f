public import Foundation

/// One audio file with the words that describe it.
public struct CaptionedClip: Sendable, Equatable {
  /// The audio file.
  public let audio: URL
  /// The file's path inside the scanned folder, with `/` between components: what identifies the clip when the folder
  /// moves.
  public let name: String
  /// What the clip sounds like, in words; may be empty.
  public let caption: String
  /// The other fields of the clip's record, by name: strings as they are, any other JSON value as its JSON text.
  public let labels: [String: String]

  /// A clip made of its parts.
  public init(audio: URL, name: String, caption: String, labels: [String: String] = [:]) {
    self.audio = audio
    self.name = name
    self.caption = caption
    self.labels = labels
  }
}
