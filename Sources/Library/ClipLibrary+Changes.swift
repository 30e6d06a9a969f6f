import Foundation
import GRDB

extension ClipLibrary {
  /// Changes what users say of a clip. A pick's file lies in `Picks/` when this returns, also one from the bin.
  /// - Parameter page: who says it, for `undo`.
  /// - Throws: `LibraryError`; nothing is changed then.
  @discardableResult
  public func change(_ id: String, _ change: ClipChange, page: String? = nil) throws(LibraryError) -> LibraryClip {
    let change = change.settled
    try change.check()
    let values = LibraryEvent.Values(state: change.state, rating: change.rating, note: change.note, tags: change.tags)
    try apply(page: page) { _ in Statement([(id, values)], shownBeside: change.shownBeside) }
    return try clip(id)
  }

  /// Keeps what came of hearing clips against each other; also of clips that lie in the bin by now.
  /// - Throws: `LibraryError`.
  public func compare(_ comparison: ClipComparison, page: String? = nil) throws(LibraryError) {
    try comparison.check()
    try transaction(page: page) { step in
      for id in [comparison.winner] + comparison.losers { _ = try ClipRow.clip(id, step.db) }
      try step.record(.compared, clip: comparison.winner) { $0.comparison = comparison }
    }
    writeJournal()
  }

  /// Puts clips into the bin.
  /// - Throws: `LibraryError`; nothing is changed then.
  public func bin(_ ids: [String], page: String? = nil) throws(LibraryError) {
    try apply(page: page) { _ in Statement(ids.map { ($0, LibraryEvent.Values(isBinned: true)) }) }
  }

  /// Takes clips out of the bin.
  /// - Throws: `LibraryError`; nothing is changed then.
  public func restore(_ ids: [String], page: String? = nil) throws(LibraryError) {
    try apply(page: page) { _ in Statement(ids.map { ($0, LibraryEvent.Values(isBinned: false)) }) }
  }

  /// Puts the clips of a group that were not picked into the bin.
  /// - Returns: their ids.
  /// - Throws: `LibraryError`; nothing is changed then.
  public func clear(group: String, page: String? = nil) throws(LibraryError) -> [String] {
    try apply(page: page) { step in
      let ids = try String.fetchAll(
        step.db,
        sql: """
          SELECT id FROM clips WHERE groupID = ? AND state <> 'picked' AND isBinned = 0 AND isPurged = 0 AND stage = 2
          ORDER BY take
          """, arguments: [group])
      return Statement(ids.map { ($0, LibraryEvent.Values(isBinned: true)) })
    }
  }

  /// Applies what users say of clips in one step, and brings their files to where they belong. What changes nothing is no step.
  /// - Parameter stating: finds out what is to be said, within the step: nothing changes in between.
  /// - Returns: the clips that differ from before.
  @discardableResult
  func apply(
    page: String? = nil, _ stating: (LibraryTransaction) throws -> Statement
  ) throws(LibraryError) -> [String] {
    var (former, moving, action, statement) = ([ClipRow](), [String](), "", Statement([]))
    try transaction(page: page) { step in
      (former, moving, action, statement) = ([], [], step.action, try stating(step))
      for (id, values) in statement.changes {
        guard let rows = try step.state(values, of: id, statement) else { continue }
        former.append(rows.old)
        if rows.new.place != rows.old.place { moving.append(id) }
      }
      // What could not be taken back is not asked for again.
      if former.isEmpty, let undoes = statement.undoes { try step.record(.changed) { $0.undoes = undoes } }
    }
    do throws(LibraryError) {
      try faults.reached(.committed)
      try settle(moving)
      try faults.reached(.settled)
    } catch {
      if !faults.hasEnded { takeBack(former, action, statement.undoes) }
      throw error
    }
    writeJournal()
    return former.map(\.clip.id)
  }

  /// Makes the rows as they were, as the files could not follow; where that fails too, the next opening moves them.
  private func takeBack(_ former: [ClipRow], _ action: String, _ undoes: String?) {
    try? transaction { step in
      for row in former {
        var row = row
        row.isUnsettled = true
        try step.write(row)
      }
      try step.db.execute(sql: "DELETE FROM events WHERE action = ? AND isJournaled = 0", arguments: [action])
      if let undoes {
        try step.db.execute(sql: "UPDATE events SET isUndone = 0 WHERE action = ?", arguments: [undoes])
      }
    }
    try? settle(former.map(\.clip.id))
  }

  /// Writes the journal. That it cannot be written now loses nothing: the database has it, and the next time it is written.
  func writeJournal() { try? EventJournal(folder).write(from: pool(), faults: faults) }
}
