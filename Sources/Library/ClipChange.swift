import Foundation
import Storage

/// What is to be changed of a clip; nil leaves it as it is.
public struct ClipChange: Codable, Sendable, Equatable {
  public var state: LibraryClip.State?
  /// 0 … 5.
  public var rating: Int?
  public var note: String?
  public var tags: [String]?
  /// The clips that were on the screen with it.
  public var shownBeside: [String]?

  public init(
    state: LibraryClip.State? = nil, rating: Int? = nil, note: String? = nil, tags: [String]? = nil,
    shownBeside: [String]? = nil
  ) {
    (self.state, self.rating, self.note, self.tags, self.shownBeside) = (state, rating, note, tags, shownBeside)
  }

  static let longestNote = 10_000
  static let mostTags = 100
  static let longestTag = 100
  static let mostShown = 1000

  /// Tags without spaces around them, each once whatever its case; nil as it is.
  var settled: ClipChange {
    var change = self
    if let tags {
      var seen: Set<String> = []
      change.tags = tags.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
        .filter { !$0.isEmpty && seen.insert($0.lowercased()).inserted }
    }
    return change
  }

  /// - Throws: `LibraryError.invalid` for what no clip can have.
  func check() throws(LibraryError) {
    if let rating, !(0...5).contains(rating) { throw .invalid("a rating of \(rating) is not between 0 and 5") }
    if let note, note.utf8.count > Self.longestNote {
      throw .invalid("a note of \(note.utf8.count) bytes is longer than \(Self.longestNote)")
    }
    if let note, note.holdsControlCharacters(besides: "\n\r\t") { throw .invalid("the note holds control characters") }
    if let tags {
      guard tags.count <= Self.mostTags else { throw .invalid("\(tags.count) tags are more than \(Self.mostTags)") }
      if let long = tags.first(where: { $0.utf8.count > Self.longestTag }) {
        throw .invalid("a tag of \(long.utf8.count) bytes is longer than \(Self.longestTag)")
      }
      if tags.contains(where: { $0.holdsControlCharacters() }) { throw .invalid("a tag holds control characters") }
    }
    if let shownBeside, shownBeside.count > Self.mostShown || !shownBeside.allSatisfy(LibraryID.isOne) {
      throw .invalid("what it was shown beside is no list of at most \(Self.mostShown) clips")
    }
  }
}

/// What came of hearing clips against each other.
public struct ClipComparison: Codable, Sendable, Equatable {
  public enum Kind: String, Codable, Sendable { case ab, grid }
  public var winner: String
  public var losers: [String]
  public var kind: Kind

  public init(winner: String, losers: [String], kind: Kind) {
    (self.winner, self.losers, self.kind) = (winner, losers, kind)
  }

  /// - Throws: `LibraryError.invalid` for what nobody can have heard.
  func check() throws(LibraryError) {
    guard !losers.isEmpty, losers.count <= ClipChange.mostShown else {
      throw .invalid("a comparison wants between 1 and \(ClipChange.mostShown) losers")
    }
    guard Set(losers).count == losers.count, !losers.contains(winner) else {
      throw .invalid("a clip stands twice in one comparison")
    }
  }
}
