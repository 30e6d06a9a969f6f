import Foundation
import Library
import Taste

/// What was preferred in a library, as picks among its files.
enum LibraryPicks {
  /// Those that a taste does not have yet: it has all up to its latest.
  static func table(_ library: ClipLibrary, without file: TasteFile) throws -> PreferenceTable {
    let latest = file.exists ? try file.contents().picks.map(\.at).max() : nil
    let picks = try library.preferences().compactMap { preference -> PreferenceTable.Pick? in
      if let latest, preference.at.timeIntervalSince(latest) < 1 { return nil }
      let losers = preference.losers.compactMap { try? library.file(of: $0).path }
      // What was removed for good cannot be heard any more.
      guard let winner = try? library.file(of: preference.winner).path, !losers.isEmpty else { return nil }
      return PreferenceTable.Pick(winner: winner, losers: losers, at: preference.at)
    }
    return PreferenceTable(picks: picks)
  }
}
