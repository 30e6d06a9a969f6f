import ArgumentParser
import Foundation
import Library

struct LibraryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "library",
    abstract: "The folder of clips: what there is, what was picked, and whether all is well.",
    discussion: """
      A library is a folder with clips as ordinary files, in Clips, Picks and Bin, and a database that can be made again \
      from them. It lies in ~/Music/Hiss unless --library or HISS_LIBRARY says otherwise.

      EXAMPLES
        hiss library list --state picked --sort rating
        hiss library list "warm piano" --bpm 80-100
        hiss library add out/*.wav
        hiss library export > picks.csv
        hiss library check
        hiss library rebuild
        hiss library empty-bin
      """,
    subcommands: [
      ListLibrary.self, AddToLibrary.self, ExportPicks.self, CheckLibrary.self, RebuildLibrary.self, EmptyBin.self,
    ])
}

/// Which library.
struct LibraryOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The library's folder (default: HISS_LIBRARY, or ~/Music/Hiss).", valueName: "folder"))
  var library: String?

  var folder: URL { library.map { URL(fileURLWithPath: $0) } ?? LibraryFolder.usual }

  /// One that is there, or is made.
  func open() throws -> ClipLibrary { try ClipLibrary(at: folder) }

  /// One that is there: who only looks makes no folder.
  func openExisting() throws -> ClipLibrary {
    guard FileManager.default.fileExists(atPath: folder.path) else { throw LibraryError.folderGone(path: folder.path) }
    return try open()
  }
}
