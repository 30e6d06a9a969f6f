import Foundation
import Library
import TestSupport
import Testing

/// What is left when a process is killed between two steps: `FaultPoints` ends the work there, and the library is opened anew.
@Suite struct KilledTests {
  private static let points = FaultPoints.Point.allCases

  /// Opens the library anew with a process that will be killed, lets it work, and opens it again.
  private func afterKilling(
    at point: FaultPoints.Point, _ small: SmallLibrary, _ work: (ClipLibrary) throws -> Void
  ) throws -> ClipLibrary {
    let faults = FaultPoints(endingAt: point)
    try? work(try ClipLibrary(at: small.url, faults: faults))
    return try ClipLibrary(at: small.url)
  }

  @Test(arguments: points) func aPickIsWholeOrNotAtAll(_ point: FaultPoints.Point) throws {
    let small = try SmallLibrary()
    let id = try small.store().id
    let library = try afterKilling(at: point, small) {
      try $0.change(id, ClipChange(state: .picked, rating: 4, shownBeside: [id]))
    }
    // `bytesWritten` is no step of a pick: it ended well.
    let clip = try library.clip(id)
    #expect(clip.state == .picked && clip.rating == 4 && clip.file == "Picks/tone.wav")
    #expect(try small.names("Picks") == ["tone.wav"] && small.names("Clips").isEmpty)
    #expect(try library.check(readsFiles: true).isSound)
    // And the journal has it, once.
    let lines = try journal(small).filter { $0.contains("\"kind\":\"changed\"") }
    #expect(Set(lines).count == 1)
  }

  @Test(arguments: points) func aClipOfASlotIsMadeOnce(_ point: FaultPoints.Point) throws {
    let small = try SmallLibrary()
    let job = try small.library.enqueue(NewJob(kind: "generate", request: "{}", count: 1))
    let slot = ClipSlot(job: job.id, take: 1, group: job.group)
    let sound = SmallLibrary.tone()
    let bytes = try SmallLibrary.bytes(sound)
    let library = try afterKilling(at: point, small) {
      _ = try $0.store(bytes, sound, SmallLibrary.facts("tone_01"), in: slot)
    }
    let isKnown = try library.job(job.id).done == 1
    #expect(isKnown == (point != .bytesWritten))
    // Who goes on makes what is missing; what is there is not made again.
    let clip = try library.store(bytes, sound, SmallLibrary.facts("tone_01"), in: slot)
    #expect(clip.file == "Clips/tone_01.wav")
    #expect(try small.names("Clips") == ["tone_01.wav"] && library.clips().total == 1)
    #expect(try library.job(job.id).openTakes.isEmpty)
    #expect(try library.check(readsFiles: true) == LibraryReport.sound(library))
  }

  @Test(arguments: points) func theBinAndItsEmptyingGoOn(_ point: FaultPoints.Point) throws {
    let small = try SmallLibrary()
    let id = try small.store().id
    _ = try small.library.storePart([1, 2], named: "drums.wav", of: id)
    var library = try afterKilling(at: point, small) { try $0.bin([id]) }
    #expect(try library.clip(id).isBinned && small.names("Bin") == ["tone.wav"])
    library = try afterKilling(at: point, small) { _ = try $0.emptyBin() }
    #expect(throws: LibraryError.noClip(id: id)) { try library.clip(id) }
    #expect(try small.names("Bin").isEmpty && small.names("Parts").isEmpty)
    #expect(try library.counts() == ClipLibrary.Counts())
  }

  @Test(arguments: points) func undoIsWholeOrNotAtAll(_ point: FaultPoints.Point) throws {
    let small = try SmallLibrary()
    let id = try small.store().id
    try small.library.change(id, ClipChange(state: .picked))
    let library = try afterKilling(at: point, small) { _ = try $0.undo() }
    #expect(try library.clip(id).file == "Clips/tone.wav" && small.names("Picks").isEmpty)
    #expect(try library.undo() == nil)
  }

  @Test func aMoveThatCannotBeMadeChangesNothing() throws {
    let small = try SmallLibrary()
    let id = try small.store().id
    // A file in the place of the folder: root too cannot move anything into it.
    try FileManager.default.removeItem(at: small.url.appending(path: "Picks"))
    try Data([1]).write(to: small.url.appending(path: "Picks"))
    #expect(throws: LibraryError.self) { try small.library.change(id, ClipChange(state: .picked)) }
    let clip = try small.library.clip(id)
    #expect(clip.state == .new && clip.file == "Clips/tone.wav")
    #expect(try small.library.file(of: id).lastPathComponent == "tone.wav")
    #expect(try small.library.undo() == nil)
    #expect(try journal(small).filter { $0.contains("\"kind\":\"changed\"") }.isEmpty)
  }

  @Test func aFileThatTheUserMovedSaysWhatBecameOfIt() throws {
    let small = try SmallLibrary()
    let (one, two) = (try small.store("one").id, try small.store("two", hertz: 330).id)
    try small.library.change(two, ClipChange(state: .picked))
    try move(small, "Clips/one.wav", "Picks/one.wav")
    try move(small, "Picks/two.wav", "Bin/two.wav")
    let library = try ClipLibrary(at: small.url)
    #expect(try library.clip(one).state == .picked && library.clip(two).isBinned)
    #expect(try library.check().isSound)
  }

  @Test func aStrangersFileIsNeverWrittenOver() throws {
    let small = try SmallLibrary()
    let id = try small.store("tone").id
    try Data("mine".utf8).write(to: small.url.appending(path: "Picks/tone.wav"))
    let clip = try small.library.change(id, ClipChange(state: .picked))
    #expect(clip.file == "Picks/tone-2.wav")
    #expect(try String(contentsOf: small.url.appending(path: "Picks/tone.wav"), encoding: .utf8) == "mine")
    #expect(try small.names("Clips").isEmpty)
    // Nor by a clip that comes in.
    try Data("mine".utf8).write(to: small.url.appending(path: "Clips/next_01.wav"))
    #expect(try small.store("next_01", hertz: 400).file == "Clips/next_02.wav")
  }

  private func move(_ small: SmallLibrary, _ from: String, _ to: String) throws {
    try FileManager.default.moveItem(at: small.url.appending(path: from), to: small.url.appending(path: to))
  }

  private func journal(_ small: SmallLibrary) throws -> [String] {
    let url = small.url.appending(path: "journal.jsonl")
    guard FileManager.default.fileExists(atPath: url.path) else { return [] }
    return try String(contentsOf: url, encoding: .utf8).split(separator: "\n").map(String.init)
  }
}

extension LibraryReport {
  /// Of a library in which all is well.
  static func sound(_ library: ClipLibrary) throws -> LibraryReport {
    var report = LibraryReport(path: library.folder.url.path, counts: try library.counts(), database: "ok")
    report.backups = []
    return report
  }
}
