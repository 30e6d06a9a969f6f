import Foundation
import GRDB

/// What was done, once: a line of the journal, and a row of the table of the same name.
struct LibraryEvent: Codable, Equatable, Sendable {
  enum Kind: String, Codable, Sendable {
    /// A clip came in, whole.
    case made
    /// A user's word on a clip, or that it was undone.
    case changed
    case compared
    /// A clip's file is gone for good.
    case purged
    /// A job was asked for, or ended.
    case asked, ended
  }

  /// What users say of a clip; nil of what was not touched.
  struct Values: Codable, Equatable, Sendable {
    var state: LibraryClip.State?
    var rating: Int?
    var note: String?
    var tags: [String]?
    var isBinned: Bool?
  }

  /// A clip as it came, with what its file does not say.
  struct Made: Codable, Equatable, Sendable {
    var clip: LibraryClip
    /// The clip's tags, JSON.
    var request: String?
    /// The fingerprint's 128 numbers.
    var features: Data?
    var hash: String
    var byteCount: Int
    var job: String?
  }

  struct Job: Codable, Equatable, Sendable {
    var id: String
    var kind: String
    var request: String
    var group: String
    var count: Int
    var prompt: String?
    /// Of one that has ended.
    var state: QueuedJob.State?
    var error: String?
  }

  let id: String
  /// One step of a user's, which may touch several clips.
  let action: String
  let at: Date
  let kind: Kind
  var clip: String?
  /// Who did it.
  var page: String?
  var made: Made?
  var before: Values?
  var after: Values?
  var shownBeside: [String]?
  var comparison: ClipComparison?
  /// The action that this takes back.
  var undoes: String?
  var job: Job?

  init(id: String, action: String, at: Date, kind: Kind) {
    (self.id, self.action, self.at, self.kind) = (id, action, at, kind)
  }

  /// A line of the journal; nil where it is none of this kind, or torn.
  init?(line: String) {
    guard let event = LibraryJSON.value(line, as: Self.self) else { return nil }
    self = event
  }

  func insert(_ db: Database, isJournaled: Bool = false) throws {
    try db.execute(
      sql: """
        INSERT OR IGNORE INTO events (id, action, at, kind, clip, page, line, isJournaled) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        id, action, at.timeIntervalSince1970, kind.rawValue, clip, page, LibraryJSON.text(self), isJournaled,
      ])
    if let undoes { try db.execute(sql: "UPDATE events SET isUndone = 1 WHERE action = ?", arguments: [undoes]) }
  }
}
