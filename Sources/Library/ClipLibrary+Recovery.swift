import Foundation
import GRDB
import Storage

extension ClipLibrary {
  /// Ends what processes that were killed had begun, and follows what the user did with the files meanwhile.
  func recover() throws(LibraryError) {
    let open = try read { try String.fetchAll($0, sql: "SELECT id FROM clips WHERE isUnsettled = 1 ORDER BY serial") }
    // One file that cannot be moved does not keep the library shut: it stays where it is, and is found there.
    for id in open { try? settle([id]) }
    try followMovedFiles()
    try releaseOrphans()
    sweep()
    writeJournal()
  }

  /// A file that the user moved from one of the folders to another says what became of its clip.
  private func followMovedFiles() throws(LibraryError) {
    let places = FileListing(folder)
    let rows = try read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT id, fileName, state, isBinned FROM clips
          WHERE stage = 2 AND isPurged = 0 AND isUnsettled = 0
          """
      ).map { row in
        var clip = LibraryClip(id: row["id"])
        clip.state = LibraryClip.State(rawValue: row["state"]) ?? .new
        clip.isBinned = row["isBinned"]
        return (clip: clip, name: row["fileName"] as String)
      }
    }
    for (clip, name) in rows {
      guard let found = places.only(name), found != ClipRow.place(clip) else { continue }
      let values =
        switch found {
        case .picks: LibraryEvent.Values(state: .picked, isBinned: false)
        case .bin: LibraryEvent.Values(isBinned: true)
        default: LibraryEvent.Values(state: clip.state == .picked ? .new : clip.state, isBinned: false)
        }
      try apply(page: "files") { _ in Statement([(clip.id, values)]) }
    }
  }

  /// Removes bytes that no row knows: of processes that were killed before they said what these are.
  private func sweep() {
    let known = try? read { Set(try String.fetchAll($0, sql: "SELECT id FROM clips WHERE isPurged = 0")) }
    guard let known else { return }
    for place in [LibraryFolder.Place.incoming, .drafts] {
      let folder = folder.folder(place)
      for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [] {
        let url = folder.appendingPathComponent(name)
        guard !known.contains(String(name.prefix(10))), Self.isOld(url) else { continue }
        unlink(url.path)
      }
    }
  }

  /// Whether nobody can still be writing a file: it was touched more than ten minutes ago.
  private static func isOld(_ url: URL) -> Bool {
    let touched = try? FileManager.default.attributesOfItem(atPath: url.path)[.modificationDate] as? Date
    return touched.map { -$0.timeIntervalSinceNow > 600 } ?? false
  }
}

/// The names of all files in the folders of clips.
struct FileListing {
  private(set) var names: [LibraryFolder.Place: Set<String>] = [:]

  init(_ folder: LibraryFolder) {
    for place in LibraryFolder.Place.ofClips {
      let found = (try? FileManager.default.contentsOfDirectory(atPath: folder.folder(place).path)) ?? []
      names[place] = Set(found.filter(LibraryFolder.isPlainName))
    }
  }

  /// The one folder that has a file of that name; nil where none or several have.
  func only(_ name: String) -> LibraryFolder.Place? {
    let places = LibraryFolder.Place.ofClips.filter { names[$0]?.contains(name) == true }
    return places.count == 1 ? places[0] : nil
  }
}
