public import Foundation
import GRDB

/// A clip that was preferred to others: starred where they were shown beside it, or the better one of a comparison.
public struct ClipPreference: Sendable, Equatable {
  public var winner: String
  public var losers: [String]
  public var at: Date
}

extension ClipLibrary {
  /// All that was preferred, in order, without what was taken back. Those that were starred themselves by then are no losers.
  /// - Throws: `LibraryError`.
  public func preferences() throws(LibraryError) -> [ClipPreference] {
    let events = try read { db in
      try String.fetchAll(
        db,
        sql: """
          SELECT line FROM events WHERE kind IN ('changed', 'compared') AND isUndone = 0
            AND json_extract(line, '$.undoes') IS NULL ORDER BY sequence
          """
      ).compactMap(LibraryEvent.init(line:))
    }
    var picked: Set<String> = []
    var preferences: [ClipPreference] = []
    for event in events {
      if let comparison = event.comparison {
        preferences.append(ClipPreference(winner: comparison.winner, losers: comparison.losers, at: event.at))
      }
      guard let clip = event.clip, let state = event.after?.state else { continue }
      guard state == .picked else {
        picked.remove(clip)
        continue
      }
      let losers = (event.shownBeside ?? []).filter { $0 != clip && !picked.contains($0) }
      picked.insert(clip)
      if !losers.isEmpty { preferences.append(ClipPreference(winner: clip, losers: losers, at: event.at)) }
    }
    return preferences
  }
}
