import GRDB

/// What was taken back.
public struct Undone: Codable, Sendable, Equatable {
  /// In words: "picked rock-drum-beat_07", "3 clips put into the bin".
  public var text: String
  /// The clips as they are now.
  public var clips: [LibraryClip]
}

extension ClipLibrary {
  /// Takes back the last thing that was said of clips and has not been taken back: a pick, a rejection, a rating, a note, tags, a
  /// way into the bin or out of it. What is gone for good stays gone, and what was changed since stays as it was changed.
  /// - Parameter page: whose last; nil for anybody's.
  /// - Returns: nil where there is nothing to take back.
  /// - Throws: `LibraryError`; nothing is changed then.
  public func undo(page: String? = nil) throws(LibraryError) -> Undone? {
    while true {
      let events = try read { try Self.lastAction($0, page: page) }
      guard let first = events.first else { return nil }
      let changes = events.reversed().compactMap { event in
        event.clip.flatMap { id in event.before.map { (id: id, values: $0) } }
      }
      let there = try read { db in
        try Set(changes.map(\.id).filter { id in try ClipRow.find(id, db).map { !$0.isPurged } ?? false })
      }
      let left = changes.filter { there.contains($0.id) }
      guard !left.isEmpty else {
        // Of what is gone for good nothing can be taken back.
        try markUndone(first.action)
        continue
      }
      let said = Dictionary(events.compactMap { event in event.clip.map { ($0, event.after ?? .init()) } }) { $1 }
      let changed = try apply(left.map { ($0.id, $0.values) }, where: said, undoes: first.action, page: page)
      if changed.isEmpty { try markUndone(first.action) }
      let clips = try clips(left.map(\.id))
      return Undone(text: Self.words(events, clips, changed.count), clips: clips)
    }
  }

  private func markUndone(_ action: String) throws(LibraryError) {
    try transaction { step in
      try step.db.execute(sql: "UPDATE events SET isUndone = 1 WHERE action = ?", arguments: [action])
    }
  }

  private static func lastAction(_ db: Database, page: String?) throws -> [LibraryEvent] {
    let action = try String.fetchOne(
      db,
      sql: """
        SELECT action FROM events WHERE kind = 'changed' AND isUndone = 0 AND (? IS NULL OR page = ?)
          AND json_extract(line, '$.undoes') IS NULL AND json_extract(line, '$.after') IS NOT NULL
        ORDER BY sequence DESC LIMIT 1
        """, arguments: [page, page])
    guard let action else { return [] }
    return try String.fetchAll(
      db, sql: "SELECT line FROM events WHERE action = ? AND kind = 'changed' ORDER BY sequence", arguments: [action]
    ).compactMap(LibraryEvent.init(line:))
  }

  /// - Parameter changed: how many of the clips are as they were before.
  private static func words(_ events: [LibraryEvent], _ clips: [LibraryClip], _ changed: Int) -> String {
    let words = words(events, clips.count == 1 ? clips[0].name : "\(clips.count) clips")
    switch clips.count - changed {
    case 0: return words
    case clips.count: return "\(words), which was changed since and stays"
    case let left: return "\(words), but for \(left) that were changed since"
    }
  }

  private static func words(_ events: [LibraryEvent], _ what: String) -> String {
    guard let after = events.first?.after else { return what }
    switch after.state {
    case .picked: return "picked \(what)"
    case .rejected: return "rejected \(what)"
    case .new: return "\(what) no longer picked or rejected"
    case nil: break
    }
    if let isBinned = after.isBinned { return isBinned ? "\(what) put into the bin" : "\(what) taken out of the bin" }
    if let rating = after.rating { return "rated \(what) \(rating)" }
    if after.tags != nil { return "tags of \(what)" }
    return "note of \(what)"
  }
}
