public import Foundation

/// One audio file with the words that describe it.
public struct CaptionedClip: Sendable, Equatable {
  /// The audio file.
  public let audio: URL
  /// The file's path inside the scanned folder, with `/` between components: what identifies the clip when the folder
  /// moves.
  public let name: String
  /// What the clip sounds like, each in other words; at least one, which may be empty.
  public let captions: [String]
  /// The other fields of the clip's record, by name: strings as they are, any other JSON value as its JSON text.
  public let labels: [String: String]

  /// The first caption, which stands for all where one is shown.
  public var caption: String { captions[0] }

  /// A clip made of its parts.
  public init(audio: URL, name: String, captions: [String], labels: [String: String] = [:]) {
    precondition(!captions.isEmpty, "\(name) has no caption")
    self.audio = audio
    self.name = name
    self.captions = captions
    self.labels = labels
  }

  /// The clip with its category as one more caption, so that the word alone asks for it: whoever has kicks says "kick", though
  /// the captions say "kick drum".
  package var sayingItsCategory: CaptionedClip {
    guard let category = labels["category"], !category.isEmpty, !captions.contains(category), captions != [""]
    else { return self }
    return CaptionedClip(audio: audio, name: name, captions: captions + [category], labels: labels)
  }

  /// The clip with so many of its captions at most, the first ones.
  func withCaptions(upTo count: Int) -> CaptionedClip {
    CaptionedClip(audio: audio, name: name, captions: Array(captions.prefix(count)), labels: labels)
  }
}
