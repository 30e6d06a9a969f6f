import Audio
import Foundation
import Synthesis
import TestSupport
import Testing

/// What the files of commands say to other programs, from request to file and back.
@Suite("Files that say what they are", .enabled(if: TextEncoder.isPresent))
struct FileFactTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
  }

  private static let quick = ["--model", "model", "--steps", "1", "--vocoder-iterations", "1", "--seed", "1"]

  private func generate(_ arguments: String...) throws -> HissProcess {
    try HissProcess.run(["generate"] + arguments + Self.quick, in: directory.url)
  }

  private func wave(_ name: String) throws -> RIFFWalker { try #require(try RIFFWalker(directory.file(name))) }

  @Test func aLoopForASequencer() throws {
    expectSuccess(try generate("drums in A minor, 120 bpm", "--bars", "1", "--loop", "--cues", "beats", "-o", "a.wav"))
    let wave = try wave("a.wav")
    // Root 60 for none, one loop from the first frame of 2 s to the last.
    #expect(wave["smpl"] == [UInt8](words: [0, 0, 22_676, 60, 0, 0, 0, 1, 0, 0, 0, 0, 88_199, 0, 0]))
    #expect(wave["acid"]?.prefix(8).elementsEqual([6, 0, 0, 0, 0x39, 0, 0, 0x80]) == true)
    #expect(wave["acid"]?.dropFirst(12).elementsEqual([4, 0, 0, 0, 4, 0, 4, 0, 0, 0, 0xF0, 0x42]) == true)
    #expect(wave["cue "]?.count == 4 + 4 * 24)
    #expect(wave["bext"]?.text(0..<256) == "drums in A minor, 120 bpm")
    #expect(wave["bext"]?[320..<338].allSatisfy { $0 == 0 } == true, "no date")
    let shown = try directory.hiss("inspect", "a.wav")
    #expect(shown.output.contains("  cues                beats\n"))
    #expect(shown.output.contains("  source              trainedAlgorithmicMedia\n"))
    #expect(
      try directory.hiss("inspect", "a.wav", "--json").output.contains(#""digitalSource":"trainedAlgorithmicMedia""#))
  }

  @Test("What --plain writes is the sound, and the sound is the same", arguments: ["wav", "aiff", "flac"])
  func plain(format: String) throws {
    expectSuccess(try generate("marimba, A3 note", "-o", "told.\(format)"))
    expectSuccess(try generate("marimba, A3 note", "--plain", "-o", "plain.\(format)"))
    #expect(try AudioFile.read(directory.file("told.\(format)")) == AudioFile.read(directory.file("plain.\(format)")))
    #expect(try AudioFile.tags(of: directory.file("plain.\(format)")) == AudioTags())
    #expect(try AudioFile.digitalSource(of: directory.file("plain.\(format)")) == nil)
    if format == "wav" {
      #expect(try wave("plain.wav").names == ["fmt ", "data"])
      #expect(try wave("told.wav")["smpl"] == [UInt8](words: [0, 0, 22_676, 57, 0, 0, 0, 0, 0]))
    }
    let run = try directory.hiss("inspect", "plain.\(format)")
    #expect(run.exitCode == 0 && run.errors.contains("not made by Hiss"))
  }

  @Test("Replays write the same bytes, whatever the file says", arguments: ["wav", "flac", "aiff"])
  func replay(format: String) throws {
    expectSuccess(try generate("bass, 97.5 bpm", "--bars", "1", "--cues", "bars", "-o", "a.\(format)"))
    let run = try directory.hiss("replay", "a.\(format)", "-o", "b.\(format)", "--model", "model")
    expectSuccess(run)
    #expect(run.errors.contains("the same bytes as"))
    #expect(try Data(contentsOf: directory.file("a.\(format)")) == Data(contentsOf: directory.file("b.\(format)")))
    let other = try directory.hiss(
      "replay", "a.\(format)", "--set", "cues=beats", "-o", "c.\(format)", "--model", "model")
    expectSuccess(other)
    #expect(try directory.hiss("inspect", "c.\(format)").output.contains("cues                beats"))
    expectSuccess(
      try directory.hiss("replay", "a.\(format)", "--set", "plain=true", "-o", "d.\(format)", "--model", "model"))
    #expect(try AudioFile.read(directory.file("d.\(format)")) == AudioFile.read(directory.file("a.\(format)")))
    expectFailure(
      try directory.hiss("replay", "a.\(format)", "--set", "cues=notes", "-o", "e.\(format)", "--model", "model"),
      code: SystemExit.usage, saying: "--set cues: wants one of beats, bars")
  }

  /// A file of a version that said less is written again as it was.
  @Test func oldFilesAreWrittenAsTheyWere() throws {
    expectSuccess(try generate("pad, 120 bpm", "--duration", "1", "-o", "new.wav"))
    var tags = try #require(ClipTags(try AudioFile.tags(of: directory.file("new.wav"))))
    tags.file.revision = nil
    let old = try AudioFile.encode(
      AudioFile.read(directory.file("new.wav")), for: directory.file("old.wav"), tags: tags.audioTags)
    _ = try directory.write(old, as: "old.wav")
    let run = try directory.hiss("replay", "old.wav", "-o", "again.wav", "--model", "model")
    #expect(run.exitCode == 0 && run.errors.contains("the same bytes as old.wav"), "\(run.errors)")
    #expect(try wave("again.wav").names == ["fmt ", "LIST", "data"])
    #expect(try !directory.hiss("inspect", "old.wav").output.contains("source "))
    // With other cues it is a file of today.
    expectSuccess(try directory.hiss("replay", "old.wav", "--set", "cues=bars", "-o", "c.wav", "--model", "model"))
    #expect(try wave("c.wav")["_PMX"] != nil && wave("c.wav")["cue "] != nil)
  }

  @Test("A clip with a recording in it is marked as one that a model made a part of")
  func composite() throws {
    try directory.tone("take.wav", seconds: 0.5)
    expectSuccess(try generate("pad", "--init-audio", "take.wav", "-o", "a.wav"))
    #expect(try AudioFile.digitalSource(of: directory.file("a.wav")) == .compositeWithTrainedAlgorithmicMedia)
    let foreign = try AudioFile.encode(
      AudioFile.read(directory.file("take.wav")), for: directory.file("f.wav"), facts: .generated)
    _ = try directory.write(foreign, as: "f.wav")
    #expect(
      try directory.hiss("inspect", "f.wav").errors.contains(
        "not made by Hiss; it is marked as trainedAlgorithmicMedia"))
  }

  @Test func namesByTemplate() throws {
    let run = try HissProcess.run(
      [
        "generate", "rock drum beat, 120 bpm", "--count", "2", "--duration", "0.2", "-o", "out", "--name",
        "kit_{bpm}_{prompt}_{take}.flac",
      ]
        + Self.quick, in: directory.url)
    expectSuccess(run)
    let made = run.outputLines.map { URL(filePath: $0).lastPathComponent }
    #expect(made == ["kit_120_rock-drum-beat_01.flac", "kit_120_rock-drum-beat_02.flac"])
    expectFailure(
      try generate("pad", "--name", "{tempo}"), code: SystemExit.usage, saying: "--name: {tempo} is unknown")
    expectFailure(try generate("pad", "--name", "a/b"), code: SystemExit.usage, saying: "--name: the name holds")
    expectFailure(
      try generate("pad", "--name", "{take}", "-o", "a.wav"), code: SystemExit.usage,
      saying: "this names a file, and --name")
    expectFailure(
      try generate("pad", "--plain", "--cues", "bars"), code: SystemExit.usage, saying: "exclude each other")
    #expect(try directory.contents() == ["model", "out"])
  }

  @Test func whatCuesCannotBeIsSaid() throws {
    let open = try generate("pad", "--cues", "bars", "--duration", "0.2", "-o", "a.wav")
    #expect(open.exitCode == 0 && open.errors.contains("note: --cues: no tempo is known"))
    #expect(try wave("a.wav")["cue "] == nil)
    let flac = try generate("pad, 120 bpm", "--cues", "bars", "--duration", "0.2", "-o", "a.flac")
    #expect(flac.exitCode == 0 && flac.errors.contains("note: --cues: flac has none"))
  }

  @Test func aBatchNamesWritesAndKnowsItsFiles() throws {
    let jobs = """
      {"prompt":"kick, 90 bpm","duration":0.2,"steps":1,"count":2}
      {"id":"{prompt}_{key}_{take}","prompt":"pad in A minor","duration":0.2,"steps":1,"plain":true}
      {"id":"own","prompt":"pad, 120 bpm","duration":1,"steps":1,"cues":"beats"}
      """
    _ = try directory.write(Array(jobs.utf8), as: "jobs.jsonl")
    let batch = ["batch", "jobs.jsonl", "-o", "clips", "--model", "model", "--name", "{prompt}_{bpm}bpm_{take}"]
    expectSuccess(try HissProcess.run(batch, in: directory.url))
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.file("clips").path).sorted()
    #expect(names == ["kick_90bpm_01.wav", "kick_90bpm_02.wav", "ledger.jsonl", "own.wav", "pad_Am_01.wav"])
    #expect(try wave("clips/pad_Am_01.wav").names == ["fmt ", "data"])
    #expect(try wave("clips/own.wav")["cue "]?.count == 4 + 2 * 24)
    let again = try HissProcess.run(batch + ["--verify"], in: directory.url)
    #expect(again.exitCode == 0 && again.errors.contains("4 were there"), "\(again.errors)")
    // Another wish for the file alone makes the clip anew.
    _ = try directory.write(Array(jobs.replacing(#","plain":true"#, with: "").utf8), as: "jobs.jsonl")
    let changed = try HissProcess.run(batch, in: directory.url)
    #expect(changed.exitCode == 0 && changed.errors.contains("3 were there"), "\(changed.errors)")
    #expect(try wave("clips/pad_Am_01.wav")["_PMX"] != nil)
    _ = try directory.write(Array(#"{"id":"{tempo}","prompt":"pad"}"#.utf8), as: "jobs.jsonl")
    let wrong = try HissProcess.run(batch, in: directory.url)
    #expect(
      wrong.exitCode == SystemExit.badData
        && wrong.errors.contains("jobs.jsonl:1: \"id\" is no name: {tempo} is unknown"))
  }
}
