import Foundation
import GRDB
import Storage

/// Opens a library's database: one process at a time checks it, keeps a copy of an older one, and brings it up to date.
struct LibraryOpening {
  private let folder: LibraryFolder
  private let migrator: DatabaseMigrator
  private let patience: Double
  private var path: String { folder.database.path }

  init(_ folder: LibraryFolder, migrator: DatabaseMigrator, patience: Double) {
    (self.folder, self.migrator, self.patience) = (folder, migrator, patience)
  }

  /// - Throws: `LibraryError`.
  func open() throws(LibraryError) -> DatabasePool {
    let lock = try turn()
    defer { withExtendedLifetime(lock) {} }
    let isThere = access(path, F_OK) == 0
    do {
      let pool = try DatabasePool(path: path, configuration: configuration)
      // What was said to be kept is on the disk, a power cut or not.
      try pool.writeWithoutTransaction { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      if isThere { try check(pool) }
      if try pool.read(migrator.hasBeenSuperseded) { throw LibraryError.newer(path: path) }
      if try !pool.read(migrator.hasCompletedMigrations) {
        if isThere { try keepCopy(pool) }
        try migrator.migrate(pool)
      }
      return pool
    } catch { throw LibraryError(error, database: path, patience: patience) }
  }

  /// Waits until nobody else is opening it.
  private func turn() throws(LibraryError) -> FileLock {
    let start = ContinuousClock.now
    while true {
      do throws(StorageError) {
        if let lock = try FileLock.take(folder.openingLock) { return lock }
      } catch { throw LibraryError(error, database: path, patience: patience) }
      guard start.secondsAgo < patience else {
        throw .busy(path: folder.url.path, seconds: Int(patience))
      }
      usleep(5000)
    }
  }

  private var configuration: Configuration {
    var configuration = Configuration()
    configuration.busyMode = .timeout(patience)
    configuration.label = "library"
    configuration.maximumReaderCount = 4
    return configuration
  }

  private func check(_ pool: DatabasePool) throws {
    let findings = try pool.read { try String.fetchAll($0, sql: "PRAGMA quick_check(1)") }
    guard findings == ["ok"] else {
      throw LibraryError.damaged(path: path, reason: findings.first ?? "no answer to a check")
    }
  }

  /// Keeps the database as it is before it is changed, called after its version.
  private func keepCopy(_ pool: DatabasePool) throws {
    guard let version = try pool.read(migrator.appliedMigrations).last else { return }
    let folder = folder.folder(.backups)
    let names = sequence(first: 1) { $0 + 1 }.lazy.map { "library-version-\(version)" + ($0 == 1 ? "" : "-\($0)") }
    guard let name = names.first(where: { !FileIdentity.isTaken(folder.appendingPathComponent($0 + ".sqlite")) }) else {
      return
    }
    let partial = folder.appendingPathComponent(".\(name).partial")
    unlink(partial.path)
    try pool.writeWithoutTransaction { try $0.execute(sql: "VACUUM INTO ?", arguments: [partial.path]) }
    try DurableFile.replace(folder.appendingPathComponent(name + ".sqlite"), by: partial)
  }
}
