public import Foundation
import GRDB

/// A prompt that was asked for.
public struct PastPrompt: Codable, Sendable, Equatable {
  public var prompt: String
  /// The last time.
  public var at: Date
  /// How often.
  public var count: Int
}

/// What has changed since a revision, by any process.
public struct LibraryChanges: Sendable, Equatable {
  /// To ask from the next time.
  public var revision: Int
  /// New or changed.
  public var clips: [LibraryClip]
  /// Gone for good.
  public var removed: [String]
  public var jobs: [QueuedJob]
}

extension ClipLibrary {
  /// The prompts that were asked for, the last first.
  /// - Throws: `LibraryError`.
  public func history(limit: Int = 100) throws(LibraryError) -> [PastPrompt] {
    try read { db in
      try Row.fetchAll(db, sql: "SELECT * FROM prompts ORDER BY at DESC LIMIT ?", arguments: [max(0, limit)]).map {
        row in
        PastPrompt(prompt: row["prompt"], at: Date(timeIntervalSince1970: row["at"]), count: row["count"])
      }
    }
  }

  /// What has changed since a revision. Pages that ask for it now and then see what other processes do.
  /// - Throws: `LibraryError`.
  public func changes(since revision: Int) throws(LibraryError) -> LibraryChanges {
    try read { db in
      let now = try Int.fetchOne(db, sql: "SELECT value FROM revision") ?? 0
      guard now != revision else { return LibraryChanges(revision: now, clips: [], removed: [], jobs: []) }
      let rows = try Row.fetchAll(
        db, sql: "SELECT \(ClipRow.columns) FROM clips WHERE revision > ? ORDER BY revision, serial",
        arguments: [revision]
      ).map(ClipRow.init)
      let jobs = try Row.fetchAll(
        db, sql: "SELECT * FROM jobs WHERE revision > ? ORDER BY revision, sequence", arguments: [revision]
      ).map { try QueuedJob($0, db) }
      return LibraryChanges(
        revision: now, clips: rows.filter { !$0.isPurged }.map(\.clip),
        removed: rows.filter(\.isPurged).map(\.clip.id), jobs: jobs)
    }
  }
}
