import ArgumentParser
import Audio
import Foundation
import Parallelism
import Storage
import Taste

struct RateClips: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rate",
    abstract: "Tell a taste which clips you like.",
    discussion: """
      A taste is a small file of yours that learns from what you pick over what. `hiss taste` shows what it believes, and \
      `hiss generate --taste mine` proposes what it likes. On a terminal each clip is played, and a key rates it from 1 to 5.

      EXAMPLES
        hiss rate out --taste mine
        hiss rate --csv picks.csv --taste mine        # file,rating or winner,loser
        hiss rate --favourites picks --against out --taste mine
        hiss rate --picks --taste mine                # what was starred and compared in the studio
      """)

  @Argument(help: "Clips, or folders of clips, to be rated one after another.")
  var files: [String] = []

  @Option(help: ArgumentHelp("A table: file,rating or winner,loser (and perhaps at).", valueName: "file.csv"))
  var csv: String?

  @Option(help: ArgumentHelp("A folder of clips that you like.", valueName: "folder"))
  var favourites: String?

  @Option(help: ArgumentHelp("The clips that these were picked from.", valueName: "folder"))
  var against: String?

  @Flag(help: "Take what was starred and compared in the studio's library.")
  var picks = false

  @OptionGroup
  var library: LibraryOptions

  @Option(help: "The taste's name, or a file.")
  var taste = "mine"

  @OptionGroup(title: "Machine Options")
  var work: ThreadOptions

  func validate() throws {
    let ways = [!files.isEmpty, csv != nil, favourites != nil, picks].count { $0 }
    guard ways == 1 else {
      throw ValidationError(
        ways == 0 ? "nothing to rate: name clips, --csv, --favourites or --picks" : "one way at a time")
    }
    guard (favourites == nil) == (against == nil) else {
      throw ValidationError("--favourites and --against go together")
    }
  }

  func run() throws {
    let file = try TasteFile(named: taste)
    let table: PreferenceTable
    if let csv {
      table = try PreferenceTable(reading: URL(fileURLWithPath: csv))
    } else if picks {
      table = try LibraryPicks.table(library.openExisting(), without: file)
    } else if let favourites, let against {
      let liked = try SoundFiles.below([favourites]).map { ($0.path, 1.0) }
      let names = Set(liked.map { URL(fileURLWithPath: $0.0).lastPathComponent })
      let others = try SoundFiles.below([against]).filter { !names.contains($0.lastPathComponent) }.map {
        ($0.path, 0.0)
      }
      table = PreferenceTable(ratings: liked + others)
    } else {
      table = PreferenceTable(ratings: try RatingSession(SoundFiles.below(files)).ratings())
    }
    guard !table.picks.isEmpty else { throw ValidationError("no clip is preferred to another one there") }
    try add(table, to: file)
    try Console.note(TasteWords.summary(Taste(file.contents()), name: file.name))
  }

  /// Hears the clips that a table names, from its own folder on, and adds its picks.
  private func add(_ table: PreferenceTable, to file: TasteFile) throws {
    let names = Array(Set(table.picks.flatMap { [$0.winner] + $0.losers })).sorted()
    let listener = TasteListener()
    let place = csv.map { URL(fileURLWithPath: $0).deletingLastPathComponent() }
    let urls = names.map { URL(fileURLWithPath: $0, relativeTo: place).absoluteURL }
    let line = ProgressLine("Listening")
    let done = WorkCounter(total: urls.count) { line.update($0, of: $1) }
    let heard = try listener.clips(urls, threads: work.threads) { done.advance() }
    line.finish()
    let ids = Dictionary(uniqueKeysWithValues: zip(names, heard.map(\.id)))
    let picks = table.picks.map { pick in
      TastePick(
        picked: ids[pick.winner] ?? "", over: pick.losers.compactMap { ids[$0] }, at: pick.at ?? Date())
    }
    try file.add(picks, of: heard)
  }
}
