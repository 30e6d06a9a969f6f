/// What was taken back.
public struct Undone: Codable, Sendable, Equatable {
  /// In words: "picked rock-drum-beat_07", "3 clips put into the bin".
  public var text: String
  /// The clips as they are now.
  public var clips: [LibraryClip]
}

extension ClipLibrary {
  /// Takes back the last thing that was said of clips and has not been taken back: a pick, a rejection, a rating, a note, tags, a
  /// way into the bin or out of it. What is gone for good stays gone, and what was said anew since stays as it was said.
  /// - Parameter page: whose last; nil for anybody's.
  /// - Returns: nil where there is nothing to take back.
  /// - Throws: `LibraryError`; nothing is changed then.
  public func undo(page: String? = nil) throws(LibraryError) -> Undone? {
    var found: Undoing?
    let changed = try apply(page: page) { step in
      found = try Undoing(step, page: page)
      return found.map { Statement($0.changes, undoes: $0.action) } ?? Statement([])
    }
    guard let found else { return nil }
    let clips = try clips(found.changes.map(\.id))
    return Undone(text: found.words(clips, isNothing: changed.isEmpty), clips: clips)
  }
}
