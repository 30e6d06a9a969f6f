/// The texts a sound file carries beside its samples; `nil` is a tag that is absent.
public struct AudioTags: Sendable, Equatable {
  public var title: String?
  public var artist: String?
  public var comment: String?
  /// The program that made the file.
  public var software: String?

  public init(title: String? = nil, artist: String? = nil, comment: String? = nil, software: String? = nil) {
    self.title = title
    self.artist = artist
    self.comment = comment
    self.software = software
  }
}
