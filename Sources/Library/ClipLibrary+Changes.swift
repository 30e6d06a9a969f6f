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
    try apply([(id, values)], shownBeside: change.shownBeside, page: page)
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
    try apply(ids.map { ($0, LibraryEvent.Values(isBinned: true)) }, page: page)
  }

  /// Takes clips out of the bin.
  /// - Throws: `LibraryError`; nothing is changed then.
  public func restore(_ ids: [String], page: String? = nil) throws(LibraryError) {
    try apply(ids.map { ($0, LibraryEvent.Values(isBinned: false)) }, page: page)
  }

  /// Puts the clips of a group that were not picked into the bin.
  /// - Returns: their ids.
  /// - Throws: `LibraryError`; nothing is changed then.
  public func clear(group: String, page: String? = nil) throws(LibraryError) -> [String] {
    let ids = try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT id FROM clips WHERE groupID = ? AND state <> 'picked' AND isBinned = 0 AND isPurged = 0 AND stage = 2
          ORDER BY take
          """, arguments: [group])
    }
    try bin(ids, page: page)
    return ids
  }

  /// Applies what users say of clips in one step, and brings their files to where they belong. What changes nothing is no step.
  /// - Parameters:
  ///   - said: values by clip: each is changed only where it is still that.
  ///   - undoes: the action that this takes back.
  /// - Returns: the clips that differ from before.
  @discardableResult
  func apply(
    _ changes: [(id: String, values: LibraryEvent.Values)], where said: [String: LibraryEvent.Values] = [:],
    shownBeside: [String]? = nil, undoes: String? = nil, page: String? = nil
  ) throws(LibraryError) -> [String] {
    var (former, moving, action) = ([ClipRow](), [String](), "")
    let changed = try transaction(page: page) { step in
      (former, moving, action) = ([], [], step.action)
      var changed: [String] = []
      for (id, values) in changes {
        var (row, after) = (try ClipRow.clip(id, step.db), values)
        if let said = said[id] { after = after.only(where: row.clip.values, is: said) }
        // What is starred is wanted: it lies in Picks.
        if after.state == .picked, row.clip.isBinned { after.isBinned = false }
        let (old, before) = (row, row.clip.values.only(where: after))
        row.clip.take(after)
        guard row.clip != old.clip else { continue }
        if row.place != old.place {
          row.isUnsettled = true
          moving.append(id)
        }
        try step.write(row)
        try step.record(.changed, clip: id) { [after] in
          ($0.before, $0.after, $0.shownBeside, $0.undoes) = (before, after, shownBeside, undoes)
        }
        former.append(old)
        changed.append(id)
      }
      return changed
    }
    do throws(LibraryError) {
      try faults.reached(.committed)
      try settle(moving)
      try faults.reached(.settled)
    } catch {
      if !faults.hasEnded { takeBack(former, action, undoes) }
      throw error
    }
    writeJournal()
    return changed
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
