import Foundation
import GRDB
import Storage

/// What is right and wrong with a library.
public struct LibraryReport: Codable, Sendable, Equatable {
  public var path: String
  public var counts: ClipLibrary.Counts
  /// "ok", or what SQLite found first.
  public var database: String
  /// Clips whose files are gone.
  public var missing: [String] = []
  /// Clips whose files are not as they came in: somebody edited them.
  public var changed: [String] = []
  /// Files that the library does not know.
  public var unknown: [String] = []
  /// Clips whose files lie elsewhere than their state says.
  public var misplaced: [String] = []
  public var backups: [String] = []

  package init(path: String, counts: ClipLibrary.Counts, database: String) {
    (self.path, self.counts, self.database) = (path, counts, database)
  }

  /// Whether nothing has to be done.
  public var isSound: Bool { database == "ok" && missing.isEmpty && misplaced.isEmpty }
}

extension ClipLibrary {
  /// Holds the database against the files.
  /// - Parameter readsFiles: whether every file is read whole, to find those that were edited or have rotted.
  /// - Throws: `LibraryError`.
  public func check(readsFiles: Bool = false) throws(LibraryError) -> LibraryReport {
    let findings = try read { try String.fetchAll($0, sql: "PRAGMA integrity_check(1)") }
    let foreign = try read { try Row.fetchAll($0, sql: "PRAGMA foreign_key_check").count }
    var report = LibraryReport(path: folder.url.path, counts: try counts(), database: findings.first ?? "no answer")
    if foreign > 0 { report.database = "\(foreign) rows that belong to none" }
    let rows = try read { db in
      try Row.fetchAll(db, sql: "SELECT \(ClipRow.columns) FROM clips WHERE isPurged = 0 AND stage = 2 ORDER BY serial")
        .map(ClipRow.init)
    }
    let listing = FileListing(folder)
    var known: Set<String> = []
    for row in rows {
      known.insert("\(row.place.rawValue)/\(row.fileName)")
      if listing.names[row.place]?.contains(row.fileName) == true {
        if readsFiles, !holds(row, try wanted(row)) { report.changed.append(row.clip.file) }
      } else if let place = listing.only(row.fileName) {
        known.insert("\(place.rawValue)/\(row.fileName)")
        report.misplaced.append("\(place.rawValue)/\(row.fileName)")
      } else {
        report.missing.append(row.clip.file)
      }
    }
    let files = listing.names.flatMap { place, names in names.map { "\(place.rawValue)/\($0)" } }
    report.unknown = files.filter { !known.contains($0) }.sorted()
    let backups = try? FileManager.default.contentsOfDirectory(atPath: folder.folder(.backups).path)
    report.backups = (backups ?? []).filter { $0.hasSuffix(".sqlite") }.sorted()
    return report
  }
}
