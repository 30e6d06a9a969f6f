public import Foundation
package import GRDB
import Storage
import Synchronization

/// A folder of clips with the database that knows them: what there is, what became of it, and what is to be made.
///
/// Clips are ordinary files in `Clips/`, `Picks/` and `Bin/`; the database can be made again from them and from the journal.
/// Several processes may have the same library open. All methods may be called on any thread; they wait for the disk, and up to
/// `patience` for another process that is writing.
///
///     let library = try ClipLibrary(at: LibraryFolder.usual)
///     let newest = try library.clips(ClipQuery())
///     try library.change(newest.clips[0].id, ClipChange(state: .picked))
public final class ClipLibrary: Sendable {
  public let folder: LibraryFolder
  let faults: FaultPoints
  private let patience: Double
  private let migrator: DatabaseMigrator
  private let opened: Mutex<Opened>

  /// Seconds to wait for whoever else is writing, unless a test is less patient.
  public static let patience = 10.0

  /// Opens a library, or makes an empty one; finishes what a process that was killed had begun.
  /// - Throws: `LibraryError`.
  public convenience init(at url: URL) throws(LibraryError) { try self.init(at: url, faults: .none) }

  /// - Parameters:
  ///   - faults: where a test lets the process end, as it were.
  ///   - migrator: other versions of the tables than today's.
  ///   - patience: seconds to wait for whoever else is writing.
  package init(
    at url: URL, faults: FaultPoints = .none, migrator: DatabaseMigrator = LibrarySchema.migrator,
    patience: Double = ClipLibrary.patience
  ) throws(LibraryError) {
    let folder = LibraryFolder(url)
    (self.folder, self.faults, self.patience, self.migrator) = (folder, faults, patience, migrator)
    opened = Mutex(try Opened(folder, migrator: migrator, patience: patience))
    try recover()
  }

  /// The database of this very moment, and the mark that it is open.
  private struct Opened: Sendable {
    let pool: DatabasePool
    let presence: LibraryPresence
    let identity: FileIdentity?
    /// How often it was opened anew before.
    var count = 0

    init(_ folder: LibraryFolder, migrator: DatabaseMigrator, patience: Double) throws(LibraryError) {
      try folder.make()
      presence = try LibraryPresence(folder, patience: patience)
      pool = try LibraryOpening(folder, migrator: migrator, patience: patience).open()
      identity = FileIdentity(folder.database)
    }
  }

  /// The database. A folder that was put in the place of the one that was opened (from a backup, say) is opened in its turn: what
  /// is written into a file that has no name any more is lost.
  /// - Throws: `LibraryError.folderGone` where there is none, and what opening throws.
  func pool() throws(LibraryError) -> DatabasePool {
    guard let identity = FileIdentity(folder.database) else { throw .folderGone(path: folder.url.path) }
    let (pool, isNew) = try opened.withLock { opened throws(LibraryError) in
      if opened.identity == identity { return (opened.pool, false) }
      let count = opened.count
      opened = try Opened(folder, migrator: migrator, patience: patience)
      opened.count = count + 1
      return (opened.pool, true)
    }
    if isNew { try recover() }
    return pool
  }

  /// Grows where another folder has come in the library's place: nothing that was known of the former one holds of it.
  public var openings: Int { opened.withLock { $0.count } }

  /// The result of reading.
  func read<Value>(_ body: (Database) throws -> Value) throws(LibraryError) -> Value {
    let pool = try pool()
    do { return try pool.read(body) } catch { throw told(error) }
  }

  /// Does all of `body` or nothing. Not to be called within itself.
  /// - Parameter page: who does it, so that `undo` takes back one's own.
  func transaction<Value>(
    page: String? = nil, _ body: (LibraryTransaction) throws -> Value
  ) throws(LibraryError) -> Value {
    let pool = try pool()
    do {
      return try pool.write { db in
        try db.execute(sql: "UPDATE revision SET value = value + 1")
        let revision = try Int.fetchOne(db, sql: "SELECT value FROM revision") ?? 0
        return try body(LibraryTransaction(db: db, revision: revision, page: page))
      }
    } catch { throw told(error) }
  }

  func told(_ error: any Error) -> LibraryError {
    LibraryError(error, database: folder.database.path, patience: patience)
  }

  /// A number that grows with every change, by any process.
  public func revision() throws(LibraryError) -> Int {
    try read { try Int.fetchOne($0, sql: "SELECT value FROM revision") ?? 0 }
  }
}

/// One step of all that changes together.
struct LibraryTransaction {
  let db: Database
  let revision: Int
  let page: String?
  let action = LibraryID.new()
  let at = Date()

  /// Keeps what was done.
  func record(_ kind: LibraryEvent.Kind, clip: String? = nil, _ fill: (inout LibraryEvent) -> Void = { _ in }) throws {
    var event = LibraryEvent(id: LibraryID.new(), action: action, at: at, kind: kind)
    (event.clip, event.page) = (clip, page)
    fill(&event)
    try event.insert(db)
  }
}
