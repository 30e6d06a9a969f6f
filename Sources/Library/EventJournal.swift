import Foundation
import GRDB
import Storage

/// The journal: every event as a line of JSON in a file beside the database, so that what users said of their clips outlives it.
///
/// An event is first committed with what it is about, then written here, then marked as written. Whoever is killed in between
/// leaves it to the next: a line may so be there twice, and is known by its id.
struct EventJournal: Sendable {
  private let url: URL

  init(_ folder: LibraryFolder) { url = folder.journal }

  /// Writes what is in no line yet.
  /// - Throws: `StorageError`, `DatabaseError`; what was not written is written the next time.
  func write(from pool: DatabasePool, faults: FaultPoints) throws {
    if access(url.path, F_OK) != 0 {
      // It was lost: the database has all of it.
      try pool.write { try $0.execute(sql: "UPDATE events SET isJournaled = 0 WHERE isJournaled = 1") }
    }
    while true {
      let rows = try pool.read { db in
        try Row.fetchAll(
          db, sql: "SELECT sequence, line FROM events WHERE isJournaled = 0 ORDER BY sequence LIMIT 500")
      }
      guard let first = rows.first, let last = rows.last else { return }
      let lines = rows.map { $0["line"] as String }
      try AppendLog(url).append(lines.joined(separator: "\n"))
      try faults.reached(.journaled)
      try pool.write { db in
        try db.execute(
          sql: "UPDATE events SET isJournaled = 1 WHERE isJournaled = 0 AND sequence BETWEEN ? AND ?",
          arguments: [first["sequence"] as Int, last["sequence"] as Int])
      }
    }
  }

  /// All events, each once, in the order in which they were written; lines that are torn or none are passed over and counted.
  /// - Throws: `StorageError`.
  func events() throws -> (events: [LibraryEvent], unread: Int) {
    var (events, seen, unread) = ([LibraryEvent](), Set<String>(), 0)
    for line in try AppendLog(url).newLines() {
      guard let event = LibraryEvent(line: line) else {
        unread += 1
        continue
      }
      if seen.insert(event.id).inserted { events.append(event) }
    }
    return (events, unread)
  }
}
