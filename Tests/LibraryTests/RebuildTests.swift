import Audio
import Foundation
import Library
import Storage
import Synthesis
import TestSupport
import Testing

/// The database made again equals what it was.
@Suite struct RebuildTests {
  /// A library with one of everything.
  private func busyLibrary() throws -> (SmallLibrary, [String]) {
    let small = try SmallLibrary()
    let library = small.library
    let job = try library.enqueue(NewJob(kind: "generate", request: #"{"a":1}"#, count: 2, prompt: "soft tone"))
    let waiting = try library.enqueue(NewJob(kind: "vary", request: "{}", count: 1, prompt: "soft tone"))
    let worker = try library.worker()
    #expect(try worker.claim()?.id == job.id)
    var ids: [String] = []
    for take in [1, 2] {
      let sound = SmallLibrary.tone(200 + 100 * Double(take))
      var facts = SmallLibrary.facts("tone_0\(take)", bpm: 120)
      facts.parents = take == 2 ? [ids[0]] : []
      ids.append(
        try worker.store(try SmallLibrary.bytes(sound), sound, facts, take: take, of: library.job(job.id)).id)
    }
    try worker.end(job.id, .done)
    ids += try (3...6).map { try small.store("tone_0\($0)", hertz: 200 + 100 * Double($0)).id }
    try library.change(
      ids[0], ClipChange(state: .picked, rating: 5, note: "größer", tags: ["a", "b"], shownBeside: ids))
    try library.change(ids[1], ClipChange(state: .rejected))
    try library.compare(ClipComparison(winner: ids[0], losers: [ids[1]], kind: .ab))
    try library.bin([ids[2], ids[3]])
    try library.emptyBin()
    try library.bin([ids[4]])
    try library.change(ids[5], ClipChange(rating: 3))
    _ = try library.undo()
    _ = waiting
    return (small, ids)
  }

  private func removeDatabase(_ small: SmallLibrary) throws {
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(at: small.url.appending(path: "library.sqlite" + suffix))
    }
  }

  @Test func fromTheJournalItEqualsWhatWas() throws {
    let (small, ids) = try busyLibrary()
    func all(_ library: ClipLibrary) throws -> [LibraryClip] {
      try library.allClips(.all).sorted { $0.id < $1.id } + library.allClips(.bin)
    }
    let before = try all(small.library)
    let jobs = try small.library.jobs().map { [$0.id, $0.state.rawValue, $0.request, $0.group] }
    try removeDatabase(small)
    let report = try ClipLibrary.rebuild(at: small.url)
    #expect(report.clips == 4 && report.known == 4 && report.picks == 1 && report.passedOver.isEmpty)
    let library = try ClipLibrary(at: small.url)
    let after = try all(library)
    #expect(after.count == before.count)
    for (old, new) in zip(before, after) {
      // Times are kept to a millisecond.
      #expect(abs(old.createdAt.timeIntervalSince(new.createdAt)) < 0.002)
      var expected = old
      expected.createdAt = new.createdAt
      #expect(new == expected)
    }
    #expect(try library.jobs().map { [$0.id, $0.state.rawValue, $0.request, $0.group] } == jobs)
    #expect(try library.details(of: ids[1]).parents.map(\.id) == [ids[0]])
    #expect(try library.history().map(\.count) == [2])
    #expect(try library.map().count == 3)
    // What was done can still be taken back, and what was taken back is so.
    #expect(try library.undo()?.clips.map(\.id) == [ids[4]])
    #expect(try library.clips(ClipQuery()).total == 4)
    // What is gone for good is not made again.
    #expect(throws: LibraryError.noClip(id: ids[2])) { try library.clip(ids[2]) }
  }

  @Test func aWholeDatabaseIsMadeAgainInPlace() throws {
    let (small, ids) = try busyLibrary()
    let other = try ClipLibrary(at: small.url)
    let revision = try other.revision()
    let report = try small.library.rebuild()
    #expect(report.clips == 4 && report.known == 4)
    #expect(try other.clip(ids[0]).rating == 5 && other.changes(since: revision).clips.count >= 4)
    #expect(try small.library.rebuild().known == 4)
    #expect(try other.check(readsFiles: true).isSound)
  }

  @Test func fromTagsAndFoldersAloneItHasClipsAndPicks() throws {
    let small = try SmallLibrary()
    var request = GenerationRequest(prompt: "warm piano, 90 bpm", seed: 7)
    request.controls = ControlRequest()
    request.controls?.tempo = 90
    let tags = ClipTags(hiss: "0.1.0", model: "first+mine:0.7", modelHash: "00", sampleRate: 44_100, request: request)
    let sound = SmallLibrary.tone()
    let bytes = try tags.encoded(sound, for: URL(filePath: "piano.wav"))
    for folder in ["Clips", "Picks", "Bin"] {
      try Data(bytes).write(to: small.url.appending(path: "\(folder)/in-\(folder).wav"))
    }
    try Data("no sound".utf8).write(to: small.url.appending(path: "Clips/notes.txt"))
    try Data(try SmallLibrary.bytes(sound)).write(to: small.url.appending(path: "Clips/stranger.wav"))
    try removeDatabase(small)
    let report = try ClipLibrary.rebuild(at: small.url)
    #expect(report.clips == 3 && report.known == 0 && report.picks == 1 && report.passedOver.count == 2)
    let library = try ClipLibrary(at: small.url)
    let pick = try #require(try library.allClips(.picked).first)
    #expect(pick.file == "Picks/in-Picks.wav" && pick.prompt == "warm piano, 90 bpm" && pick.seed == 7)
    #expect(pick.bpm == 90 && pick.model == "first+mine:0.7" && pick.voices == ["mine:0.7"])
    #expect(try library.allClips(.bin).map(\.file) == ["Bin/in-Bin.wav"])
    #expect(small.exists("Clips/notes.txt") && small.exists("Clips/stranger.wav"))
  }

  @Test func renamedEditedAndCopiedFilesAreFound() throws {
    let small = try SmallLibrary()
    let renamed = try small.store("one", hertz: 300).id
    let edited = try small.store("two", hertz: 400).id
    try small.library.change(renamed, ClipChange(rating: 4))
    try small.library.change(edited, ClipChange(rating: 5))
    let clips = small.url.appending(path: "Clips")
    try FileManager.default.moveItem(at: clips.appending(path: "one.wav"), to: clips.appending(path: "My best.wav"))
    try AudioFile.write(SmallLibrary.tone(500).padded(to: 8820), to: clips.appending(path: "two.wav"))
    let report = try small.library.rebuild()
    #expect(report.clips == 2 && report.known == 2 && report.missing == 0)
    #expect(try small.library.clip(renamed).name == "My best" && small.library.clip(renamed).rating == 4)
    #expect(try small.library.clip(edited).seconds == 0.2 && small.library.clip(edited).rating == 5)
    // A copy that the user made is a clip of its own.
    try FileManager.default.copyItem(at: clips.appending(path: "My best.wav"), to: clips.appending(path: "again.wav"))
    let second = try small.library.rebuild()
    #expect(second.passedOver.isEmpty && second.clips == 3 && second.known == 2)
    #expect(try small.library.clip(renamed).name == "My best" && small.library.check(readsFiles: true).isSound)
  }

  @Test func oneNameInTwoFoldersIsTwoClipsOrAMoveCutShort() throws {
    let small = try SmallLibrary()
    let (one, two) = (try small.store("one").id, try small.store("two", hertz: 330).id)
    try small.library.change(two, ClipChange(state: .picked))
    let (clips, picks) = (small.url.appending(path: "Clips"), small.url.appending(path: "Picks"))
    try FileManager.default.linkItem(at: picks.appending(path: "two.wav"), to: clips.appending(path: "two.wav"))
    try FileManager.default.copyItem(at: clips.appending(path: "one.wav"), to: picks.appending(path: "one.wav"))
    let report = try small.library.rebuild()
    #expect(report.clips == 3 && report.known == 2)
    #expect(try small.names("Clips").count + small.names("Picks").count == 3)
    #expect(try small.library.clip(two).file == "Picks/two.wav" && small.library.clip(one).name.hasPrefix("one"))
    #expect(try small.library.check(readsFiles: true).isSound && small.library.check().unknown.isEmpty)
  }

  /// What another process does while files are read is not lost.
  @Test func aClipThatComesInMeanwhileStays() throws {
    let small = try SmallLibrary()
    let first = try small.store("one").id
    let other = try ClipLibrary(at: small.url)
    var second: String?
    _ = try small.library.rebuild { _, _ in
      guard second == nil else { return }
      let sound = SmallLibrary.tone(500)
      guard let bytes = try? SmallLibrary.bytes(sound) else { return }
      second = try? other.store(bytes, sound, SmallLibrary.facts("two")).id
      _ = try? other.change(first, ClipChange(rating: 5))
    }
    #expect(try small.library.clip(try #require(second)).name == "two")
    #expect(try small.library.clip(first).rating == 5 && small.library.clips().total == 2)
    #expect(try small.library.undo()?.clips.map(\.id) == [first])
  }

  @Test func aLostJournalIsWrittenAgain() throws {
    let (small, ids) = try busyLibrary()
    let journal = small.url.appending(path: "journal.jsonl")
    let before = try String(contentsOf: journal, encoding: .utf8)
    try FileManager.default.removeItem(at: journal)
    _ = try ClipLibrary(at: small.url)
    #expect(
      try Set(String(contentsOf: journal, encoding: .utf8).split(separator: "\n")) == Set(before.split(separator: "\n"))
    )
    #expect(try small.library.clip(ids[0]).rating == 5)
  }

  @Test func aTornJournalIsReadAsFarAsItGoes() throws {
    let (small, ids) = try busyLibrary()
    let journal = small.url.appending(path: "journal.jsonl")
    let text = try String(contentsOf: journal, encoding: .utf8)
    try Data((text + "no json\n{\"id\":\n" + text + "{\"id\":\"torn").utf8).write(to: journal)
    try removeDatabase(small)
    let report = try ClipLibrary.rebuild(at: small.url)
    #expect(report.unreadLines == 2 && report.clips == 4 && report.known == 4)
    #expect(try ClipLibrary(at: small.url).clip(ids[0]).note == "größer")
  }
}
