import Foundation

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

  /// The UTF-8 length of the longest of them.
  var longestByteCount: Int {
    [title, artist, comment, software].reduce(0) { max($0, $1?.utf8.count ?? 0) }
  }

  /// The text of stored bytes: UTF-8, or Latin-1 where they are none, as older programs wrote it.
  static func decode(_ bytes: some Collection<UInt8>) -> String {
    String(bytes: bytes, encoding: .utf8) ?? String(bytes.map { Character(UnicodeScalar($0)) })
  }
}
