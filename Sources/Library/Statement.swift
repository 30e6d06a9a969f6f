/// What is to be said of clips in one step.
struct Statement {
  var changes: [(id: String, values: LibraryEvent.Values)]
  /// What was on the screen with them.
  var shownBeside: [String]?
  /// The action that this takes back.
  var undoes: String?

  init(
    _ changes: [(id: String, values: LibraryEvent.Values)], shownBeside: [String]? = nil, undoes: String? = nil
  ) {
    (self.changes, self.shownBeside, self.undoes) = (changes, shownBeside, undoes)
  }
}

extension LibraryTransaction {
  /// Writes what is said of one clip.
  /// - Returns: its row before and after; nil where that changes nothing.
  /// - Throws: `LibraryError.noClip`.
  func state(
    _ values: LibraryEvent.Values, of id: String, _ statement: Statement
  ) throws -> (old: ClipRow, new: ClipRow)? {
    var (row, after) = (try ClipRow.clip(id, db), values)
    // What is starred is wanted: it lies in Picks.
    if statement.undoes == nil, after.state == .picked, row.clip.isBinned { after.isBinned = false }
    let (old, before) = (row, row.clip.values.only(where: after))
    row.clip.take(after)
    guard row.clip != old.clip else { return nil }
    if row.place != old.place { row.isUnsettled = true }
    try write(row)
    try record(.changed, clip: id) { [after] in
      ($0.before, $0.after) = (before, after)
      ($0.shownBeside, $0.undoes) = (statement.shownBeside, statement.undoes)
    }
    return (old, row)
  }
}
