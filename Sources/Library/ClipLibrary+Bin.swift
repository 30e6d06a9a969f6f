import GRDB

extension ClipLibrary {
  /// Removes what is in the bin for good. What was said of those clips stays in the journal, and their rows without their files:
  /// what was thrown away tells taste too.
  /// - Returns: how many clips are gone.
  /// - Throws: `LibraryError`; what could not be removed is still in the bin, or is removed at the next opening.
  @discardableResult
  public func emptyBin() throws(LibraryError) -> Int {
    try purge { db in
      try String.fetchAll(db, sql: "SELECT id FROM clips WHERE isBinned = 1 AND isPurged = 0 ORDER BY serial")
    }
  }

  /// Removes clips for good: first in the database, then their files.
  /// - Parameter finding: says which, within the step: what somebody takes out of the bin meanwhile stays.
  /// - Returns: how many.
  @discardableResult
  func purge(_ finding: (Database) throws -> [String]) throws(LibraryError) -> Int {
    let ids = try transaction { step in
      let ids = try finding(step.db)
      for id in ids {
        guard var row = try ClipRow.find(id, step.db), !row.isPurged else { continue }
        (row.isPurged, row.isUnsettled) = (true, true)
        try step.write(row)
        try step.db.execute(sql: "DELETE FROM words WHERE rowid = ?", arguments: [row.serial])
        try step.record(.purged, clip: id)
      }
      return ids
    }
    guard !ids.isEmpty else { return 0 }
    try faults.reached(.committed)
    try settle(ids)
    try faults.reached(.settled)
    writeJournal()
    return ids.count
  }
}
