import Foundation
import GRDB
import Library
import TestSupport
import Testing

/// What is checked, kept and refused when a library is opened.
@Suite struct OpeningTests {
  @Test func anEmptyLibraryHasItsFolders() throws {
    let small = try SmallLibrary()
    for name in ["Clips", "Picks", "Bin", "Uploads", "Parts", "Backups", "library.sqlite"] {
      #expect(small.exists(name))
    }
    #expect(try small.library.counts() == ClipLibrary.Counts())
    #expect(try small.names("Backups").isEmpty)
  }

  @Test func whatWasStoredIsThereAgain() throws {
    let small = try SmallLibrary()
    let clip = try small.store("tone", bpm: 120)
    let other = try ClipLibrary(at: small.url)
    #expect(try other.clip(clip.id) == clip)
    #expect(clip.file == "Clips/tone.wav" && clip.seconds == 0.1 && clip.bpm == 120 && clip.peak > 0.49)
    #expect(try other.file(of: clip.id).path == small.url.appending(path: "Clips/tone.wav").path)
  }

  @Test func aCopyIsKeptBeforeAMigration() throws {
    let small = try SmallLibrary()
    let clip = try small.store()
    var later = LibrarySchema.migrator
    later.registerMigration("next") { try $0.execute(sql: "ALTER TABLE clips ADD COLUMN mood TEXT") }
    let opened = try ClipLibrary(at: small.url, migrator: later)
    #expect(try opened.clip(clip.id) == clip)
    #expect(try small.names("Backups") == ["library-version-2.sqlite"])
    let copy = try DatabaseQueue(path: small.url.appending(path: "Backups/library-version-2.sqlite").path)
    #expect(try copy.read { try String.fetchAll($0, sql: "SELECT id FROM clips") } == [clip.id])
    #expect(try copy.read { try $0.columns(in: "clips").map(\.name) }.contains("mood") == false)
    // Once migrated, it is not copied again; and today's program does not touch what a newer one made.
    _ = try ClipLibrary(at: small.url, migrator: later)
    #expect(try small.names("Backups").count == 1)
    #expect(throws: LibraryError.newer(path: small.url.appending(path: "library.sqlite").path)) {
      try ClipLibrary(at: small.url)
    }
  }

  @Test func aMigrationThatFailsChangesNothing() throws {
    let small = try SmallLibrary()
    let clip = try small.store()
    var broken = LibrarySchema.migrator
    broken.registerMigration("next") { db in
      try db.execute(sql: "DELETE FROM clips")
      try db.execute(sql: "SELECT no_such_thing()")
    }
    #expect(throws: LibraryError.self) { try ClipLibrary(at: small.url, migrator: broken) }
    #expect(try ClipLibrary(at: small.url).clip(clip.id) == clip)
    #expect(try small.names("Backups") == ["library-version-2.sqlite"])
  }

  @Test func aDamagedDatabaseSaysWhatToDo() throws {
    let directory = try TemporaryDirectory()
    defer { withExtendedLifetime(directory) {} }
    let url = directory.file("Hiss")
    let id: String
    do {
      let library = try ClipLibrary(at: url)
      let sound = SmallLibrary.tone()
      id = try library.store(try SmallLibrary.bytes(sound), sound, SmallLibrary.facts("tone")).id
      try library.change(id, ClipChange(state: .picked, rating: 5, note: "yes", tags: ["warm"]))
    }
    let database = url.appending(path: "library.sqlite")
    for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: database.path + suffix) }
    try Data(repeating: 7, count: 50_000).write(to: database)
    let error = #expect(throws: LibraryError.self) { _ = try ClipLibrary(at: url) }
    if case .damaged? = error {} else { Issue.record("\(String(describing: error))") }
    let report = try ClipLibrary.rebuild(at: url)
    #expect(report.clips == 1 && report.picks == 1 && report.known == 1)
    #expect(report.setAside == url.appending(path: "Backups/damaged.sqlite").path)
    let clip = try ClipLibrary(at: url).clip(id)
    #expect(clip.state == .picked && clip.rating == 5 && clip.note == "yes" && clip.tags == ["warm"])
  }

  @Test func aFileIsNoLibrary() throws {
    let directory = try TemporaryDirectory()
    defer { withExtendedLifetime(directory) {} }
    let file = try directory.write([1], as: "Hiss")
    #expect(throws: LibraryError.notAFolder(path: file.path)) { try ClipLibrary(at: file) }
  }

  @Test func aLinkOutOfTheFolderIsRefused() throws {
    let directory = try TemporaryDirectory()
    defer { withExtendedLifetime(directory) {} }
    let (library, elsewhere) = (directory.file("Hiss"), directory.file("elsewhere"))
    for url in [library, elsewhere] {
      try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }
    try FileManager.default.createSymbolicLink(at: library.appending(path: "Clips"), withDestinationURL: elsewhere)
    #expect(throws: LibraryError.self) { try ClipLibrary(at: library) }
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere.path).isEmpty)
  }

  @Test func aFolderThatIsTakenAwayIsSaid() throws {
    let small = try SmallLibrary()
    let clip = try small.store()
    try FileManager.default.moveItem(at: small.url, to: small.directory.file("away"))
    #expect(throws: LibraryError.folderGone(path: small.url.path)) {
      try small.library.change(clip.id, ClipChange(state: .picked))
    }
    #expect(throws: LibraryError.self) { try small.store("another") }
    #expect(!FileManager.default.fileExists(atPath: small.url.path))
    // Put back, it goes on.
    try FileManager.default.moveItem(at: small.directory.file("away"), to: small.url)
    #expect(try small.library.change(clip.id, ClipChange(state: .picked)).file == "Picks/tone.wav")
  }

  @Test func aFolderThatIsPutInItsPlaceIsOpenedInItsTurn() throws {
    let small = try SmallLibrary()
    let clip = try small.store()
    let (away, openings) = (small.directory.file("away"), small.library.openings)
    // A copy is no link: the files that are open have no name any more.
    try FileManager.default.copyItem(at: small.url, to: away)
    try FileManager.default.removeItem(at: small.url)
    #expect(throws: LibraryError.folderGone(path: small.url.path)) { try small.library.clip(clip.id) }
    #expect(throws: LibraryError.self) { try small.library.tryWriting() }
    try FileManager.default.moveItem(at: away, to: small.url)
    try small.library.tryWriting()
    #expect(try small.library.change(clip.id, ClipChange(state: .picked)).file == "Picks/tone.wav")
    #expect(small.library.openings == openings + 1)
    // It is kept in the file that is there.
    #expect(try ClipLibrary(at: small.url).clip(clip.id).state == .picked)
  }

  @Test func aDatabaseThatAnotherProgramKeepsIsWaitedForAndThenSaid() throws {
    let small = try SmallLibrary()
    let clip = try small.store()
    let hasty = try ClipLibrary(at: small.url, patience: 0.2)
    let other = try small.database()
    try other.inDatabase { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      #expect(throws: LibraryError.busy(path: small.url.appending(path: "library.sqlite").path, seconds: 1)) {
        try hasty.change(clip.id, ClipChange(state: .picked))
      }
      // Who only reads is not kept waiting.
      #expect(try hasty.clip(clip.id).state == .new)
      try db.execute(sql: "ROLLBACK")
    }
    #expect(try hasty.change(clip.id, ClipChange(state: .picked)).state == .picked)
  }
}
