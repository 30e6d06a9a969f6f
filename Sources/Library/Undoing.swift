import GRDB

/// The last action that can be taken back, and what its clips become then.
struct Undoing {
  let action: String
  /// What of its clips is as it was before, the last change first; nothing of what was said anew since.
  private(set) var changes: [(id: String, values: LibraryEvent.Values)] = []
  /// Whether something of it was said anew.
  private var isPartial = false
  /// What it said.
  private let after: LibraryEvent.Values?

  /// - Parameter page: whose last action; nil for anybody's. Those whose clips are all gone for good are passed over, once and
  ///   for all.
  /// - Returns: nil where there is none.
  init?(_ step: LibraryTransaction, page: String?) throws {
    while true {
      let events = try Self.lastAction(step.db, page: page)
      guard let first = events.first?.event else { return nil }
      let left = try events.filter { try Self.isThere($0.event, step.db) }
      guard !left.isEmpty else {
        try step.record(.changed) { $0.undoes = first.action }
        continue
      }
      (action, after) = (first.action, first.after)
      for (event, sequence) in left.reversed() {
        guard let id = event.clip, let before = event.before else { continue }
        let values = before.without(try Self.saidSince(sequence, id, step.db))
        isPartial = isPartial || values != before
        changes.append((id, values))
      }
      return
    }
  }

  private static func isThere(_ event: LibraryEvent, _ db: Database) throws -> Bool {
    try event.clip.flatMap { try ClipRow.find($0, db) }.map { !$0.isPurged } ?? false
  }

  private static func lastAction(_ db: Database, page: String?) throws -> [(event: LibraryEvent, sequence: Int64)] {
    let action = try String.fetchOne(
      db,
      sql: """
        SELECT action FROM events WHERE kind = 'changed' AND isUndone = 0 AND (? IS NULL OR page = ?)
          AND json_extract(line, '$.undoes') IS NULL AND json_extract(line, '$.after') IS NOT NULL
        ORDER BY sequence DESC LIMIT 1
        """, arguments: [page, page])
    guard let action else { return [] }
    return try Row.fetchAll(
      db, sql: "SELECT line, sequence FROM events WHERE action = ? AND kind = 'changed' ORDER BY sequence",
      arguments: [action]
    ).compactMap { row in LibraryEvent(line: row["line"]).map { ($0, row["sequence"]) } }
  }

  /// What was said of a clip after an event, and not taken back.
  private static func saidSince(_ sequence: Int64, _ id: String, _ db: Database) throws -> LibraryEvent.Values {
    try String.fetchAll(
      db,
      sql: """
        SELECT line FROM events WHERE clip = ? AND sequence > ? AND kind = 'changed' AND isUndone = 0
          AND json_extract(line, '$.undoes') IS NULL ORDER BY sequence
        """, arguments: [id, sequence]
    ).compactMap { LibraryEvent(line: $0)?.after }.reduce(into: LibraryEvent.Values()) { $0.take($1) }
  }

  /// What was taken back, in words.
  /// - Parameter isNothing: whether everything stays as it is.
  func words(_ clips: [LibraryClip], isNothing: Bool) -> String {
    let words = words(clips.count == 1 ? clips[0].name : "\(clips.count) clips")
    if isNothing { return "\(words), which was changed since and stays" }
    return isPartial ? "\(words), but for what was changed since" : words
  }

  private func words(_ what: String) -> String {
    guard let after else { return what }
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
