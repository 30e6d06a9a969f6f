import Foundation
import TestSupport
import Testing

/// `hiss library`, as its users run it.
@Suite struct LibraryCommandTests {
  @Test func clipsComeInAreListedAndExported() throws {
    let directory = try TemporaryDirectory()
    try directory.tone("mine.wav")
    var run = try directory.hiss("library", "add", "mine.wav", "nothing.wav", "--library", "Hiss")
    #expect(run.exitCode == EX_DATAERR && run.errors.contains("Hiss did not make it; --all adds it too"))
    #expect(run.errors.contains("nothing.wav"))
    run = try directory.hiss("library", "add", "mine.wav", "--all", "--library", "Hiss")
    #expect(run.exitCode == 0 && run.output.contains("Clips/mine.wav"))
    #expect(FileManager.default.fileExists(atPath: directory.file("mine.wav").path))
    run = try directory.hiss("library", "add", "mine.wav", "--all", "--library", "Hiss")
    #expect(run.exitCode == 0 && run.errors.contains("1 are in the library already"))
    run = try directory.hiss("library", "list", "mine", environment: ["HISS_LIBRARY": directory.file("Hiss").path])
    #expect(run.outputLines.count == 1 && run.output.contains("0.5 s"))
    // The user's file manager picks it.
    let clips = directory.file("Hiss/Clips/mine.wav")
    try FileManager.default.moveItem(at: clips, to: directory.file("Hiss/Picks/mine.wav"))
    run = try directory.hiss("library", "export", "--library", "Hiss")
    let rows = run.output.split(whereSeparator: \.isNewline)
    #expect(rows.count == 2 && rows.last?.hasPrefix("Picks/mine.wav,mine,") == true)
    run = try directory.hiss("library", "check", "--files", "--library", "Hiss")
    #expect(run.exitCode == 0 && run.output.contains("1 clips, 1 picked") && run.output.contains("database: ok"))
  }

  @Test func aLostDatabaseIsMadeAgain() throws {
    let directory = try TemporaryDirectory()
    try directory.tone("mine.wav")
    try directory.hiss("library", "add", "mine.wav", "--all", "--library", "Hiss")
    for suffix in ["-wal", "-shm"] {
      try? FileManager.default.removeItem(at: directory.file("Hiss/library.sqlite" + suffix))
    }
    try Data("no database, and long enough to be read as one".utf8).write(to: directory.file("Hiss/library.sqlite"))
    var run = try directory.hiss("library", "list", "--library", "Hiss")
    #expect(run.exitCode == EX_DATAERR && run.errorLines.count == 1 && run.errors.contains("hiss library rebuild"))
    run = try directory.hiss("library", "rebuild", "--library", "Hiss")
    #expect(run.exitCode == 0 && run.output.contains("1 clips, 0 picked; the journal knew 1"))
    #expect(run.errors.contains("Backups/damaged.sqlite"))
    try FileManager.default.moveItem(
      at: directory.file("Hiss/Clips/mine.wav"), to: directory.file("Hiss/Bin/mine.wav"))
    run = try directory.hiss("library", "empty-bin", "--library", "Hiss")
    #expect(run.output == "1 clips removed for good\n")
    #expect(!FileManager.default.fileExists(atPath: directory.file("Hiss/Bin/mine.wav").path))
  }

  @Test func whatCannotBeIsOneLine() throws {
    let directory = try TemporaryDirectory()
    _ = try directory.write([1], as: "file")
    for (arguments, code) in [
      (["list", "--library", "nothing"], EX_NOINPUT), (["list", "--library", "file"], EX_CANTCREAT),
      (["list", "--bpm", "fast", "--library", "file"], EX_USAGE), (["list", "--limit", "0"], EX_USAGE),
      (["rebuild", "--library", "nothing"], EX_NOINPUT), (["check", "--library", "nothing"], EX_NOINPUT),
    ] {
      let run = try HissProcess.run(["library"] + arguments, in: directory.url)
      #expect(run.exitCode == code && run.errorLines.count == 1 && run.output.isEmpty, "\(arguments): \(run.errors)")
    }
    #expect(try directory.contents() == ["file"])
  }

  /// A limit on files' sizes is met as a full disk is: a write fails.
  @Test func aDiskThatTakesNoMoreLosesNothing() throws {
    let directory = try TemporaryDirectory()
    try directory.tone("short.wav")
    try directory.tone("long.wav", seconds: 20)
    try directory.hiss("library", "add", "short.wav", "--all", "--library", "Hiss")
    let run = try directory.hiss("library", "add", "long.wav", "--all", "--library", "Hiss", limits: "-f 600")
    #expect(run.exitCode == EX_CANTCREAT && run.errorLines.count == 1, "\(run.errors)")
    let check = try directory.hiss("library", "check", "--files", "--library", "Hiss")
    #expect(check.exitCode == 0 && check.output.contains("1 clips"))
  }
}
