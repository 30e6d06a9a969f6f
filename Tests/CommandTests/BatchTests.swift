import Audio
import Foundation
import Synthesis
import TestSupport
import Testing

@Suite("hiss batch, inspect, replay, sheet", .enabled(if: TextEncoder.isPresent))
struct BatchTests {
  private static let jobs = (0..<6).map {
    #"{"id":"clip-\#($0)","prompt":"pad, 9\#($0) bpm","duration":0.\#(3 + $0),"steps":2,"vocoder-iterations":2,"seed":\#($0)}"#
  }

  private func directory(jobs: [String] = jobs) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("Models/small"))
    _ = try directory.write(Array(jobs.joined(separator: "\n").utf8), as: "jobs.jsonl")
    return directory
  }

  private func clips(_ directory: TemporaryDirectory, _ folder: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.file(folder).path)
    return try Dictionary(
      uniqueKeysWithValues: names.filter { $0 != "ledger.jsonl" }.map {
        ($0, try Data(contentsOf: directory.file("\(folder)/\($0)")))
      })
  }

  @Test func aClipDependsOnItsJobAlone() throws {
    let directory = try directory()
    for (folder, options) in [("one", ["--threads", "1"]), ("two", ["--threads", "2"])] {
      expectSuccess(
        try HissProcess.run(
          ["batch", "jobs.jsonl", "--model", "small", "--output", folder] + options, in: directory.url))
    }
    for shard in ["3/3", "1/3", "2/3"] {
      expectSuccess(
        try directory.hiss("batch", "jobs.jsonl", "--model", "small", "--output", "shards", "--shard", shard))
    }
    let whole = try clips(directory, "one")
    #expect(whole.keys.sorted() == (0..<6).map { "clip-\($0).wav" })
    #expect(try clips(directory, "two") == whole)
    #expect(try clips(directory, "shards") == whole)
    expectSuccess(
      try directory.hiss(
        "generate", "pad, 93 bpm", "--duration", "0.6", "--steps", "2", "--vocoder-iterations", "2", "--seed", "3",
        "--model",
        "small", "--output", "alone/clip-3.wav"))
    #expect(try Data(contentsOf: directory.file("alone/clip-3.wav")) == whole["clip-3.wav"])
  }

  @Test func goesOnWithWhatIsMissing() throws {
    let directory = try directory()
    let arguments = ["batch", "jobs.jsonl", "--model", "small", "--output", "clips"]
    let first = try HissProcess.run(arguments, in: directory.url)
    expectSuccess(first)
    #expect(first.errorLines.last?.hasPrefix("clips: 6 clips made; ") == true)
    let whole = try clips(directory, "clips")
    // As if the first had died when all clips were there.
    try FileManager.default.createDirectory(at: directory.file("clips/.hiss"), withIntermediateDirectories: false)
    try Data().write(to: directory.file("clips/.hiss/clip-4.claim"))
    expectSuccess(try HissProcess.run(arguments, in: directory.url))
    #expect(try clips(directory, "clips") == whole)
    try FileManager.default.removeItem(at: directory.file("clips/clip-4.wav"))
    let second = try HissProcess.run(arguments + ["--sheet"], in: directory.url)
    #expect(second.errorLines.last?.hasPrefix("clips: 1 clips made, 5 were there; ") == true)
    #expect(second.outputLines == [directory.file("clips/index.html").path])
    var after = try clips(directory, "clips")
    #expect(
      after.removeValue(forKey: "index.html").map { String(decoding: $0, as: UTF8.self).contains("pad, 95 bpm") }
        == true)
    #expect(after == whole)
  }

  @Test func checksEverythingFirst() throws {
    let directory = try directory(jobs: Self.jobs + [#"{"id":"../../x","prompt":"p"}"#, #"{"id":"y"}"#])
    for options in [[], ["--check"]] {
      let run = try HissProcess.run(
        ["batch", "jobs.jsonl", "--model", "small", "--output", "clips"] + options, in: directory.url)
      #expect(run.exitCode == SystemExit.badData)
      #expect(run.errorLines.count == 3)
      #expect(run.errorLines.first?.hasPrefix("hiss: jobs.jsonl:7: \"id\" names a file") == true)
      #expect(run.errorLines.dropFirst().first == "hiss: jobs.jsonl:8: there is no prompt")
    }
    #expect(try directory.contents() == ["Models", "jobs.jsonl"])
    let good = try directory.hiss(
      "batch", "-", "--output", "clips", "--check", input: Self.jobs.joined(separator: "\n"))
    expectSuccess(good)
    #expect(try directory.contents() == ["Models", "jobs.jsonl"])
    expectFailure(
      try directory.hiss("batch", "nothing.jsonl", "--output", "clips"), code: SystemExit.noInput,
      saying: "nothing.jsonl")
  }

  @Test func replaysTheSameBytes() throws {
    let directory = try directory()
    expectSuccess(
      try directory.hiss("batch", "jobs.jsonl", "--model", "small", "--output", "clips", "--format", "flac"))
    let original = try Data(contentsOf: directory.file("clips/clip-2.flac"))
    let run = try directory.hiss("replay", "clips/clip-2.flac", "--threads", "1")
    expectSuccess(run)
    #expect(run.outputLines == [directory.file("clips/clip-2-replay.flac").path])
    #expect(run.errors.contains("the same bytes as clips/clip-2.flac"))
    #expect(try Data(contentsOf: directory.file("clips/clip-2-replay.flac")) == original)

    let changed = try directory.hiss(
      "replay", "clips/clip-2.flac", "--set", "seed=9", "prompt=a = b", "duration=0.2", "--output", "new.wav")
    expectSuccess(changed)
    let tags = try #require(ClipTags(try AudioFile.tags(of: directory.file("new.wav"))))
    #expect(tags.request.seed == 9 && tags.request.prompt == "a = b" && tags.request.steps == 2)
    #expect(try AudioFile.read(directory.file("new.wav")).frameCount == 8820)
    for change in ["seed", "seed=x", "id=a", "colour=red", "steps=0"] {
      let refused = try directory.hiss("replay", "clips/clip-2.flac", "--set", change)
      #expect(refused.exitCode == SystemExit.usage && refused.errors.hasPrefix("hiss: "), "\(refused.errors)")
    }
  }

  @Test func inspectTellsAll() throws {
    let directory = try directory()
    expectSuccess(try directory.hiss("batch", "jobs.jsonl", "--model", "small", "--output", "clips"))
    let run = try directory.hiss("inspect", "clips/clip-1.wav", "clips/clip-2.wav", "--json")
    let tags = try run.outputLines.map { try JSONDecoder().decode(ClipTags.self, from: Data($0.utf8)) }
    #expect(tags.map(\.request.prompt) == ["pad, 91 bpm", "pad, 92 bpm"])
    #expect(tags.first?.modelHash == (try ModelBundle.hash(of: directory.file("Models/small"))))
    let text = try directory.hiss("inspect", "clips/clip-1.wav")
    for words in ["pad, 91 bpm", "seed                1", "small (", "Hiss 0."] { #expect(text.output.contains(words)) }
    try directory.tone("tone.wav")
    let mixed = try directory.hiss("inspect", "tone.wav", "clips/clip-1.wav")
    expectSuccess(mixed)
    #expect(mixed.errorLines == ["tone.wav: it is a sound, but not made by Hiss"])
    #expect(mixed.outputLines.first == "clips/clip-1.wav")
    expectFailure(
      try directory.hiss("replay", "tone.wav"), code: SystemExit.badData, saying: "a sound, but not made by Hiss")
  }

  @Test func tellsOfAModelThatChangedOrIsGone() throws {
    let directory = try directory()
    expectSuccess(try directory.hiss("batch", "jobs.jsonl", "--model", "small", "--output", "clips"))
    // Under another name it is still the same model.
    try FileManager.default.moveItem(at: directory.file("Models/small"), to: directory.file("Models/renamed"))
    let renamed = try directory.hiss("replay", "clips/clip-1.wav", "--output", "a.wav")
    #expect(renamed.exitCode == 0 && renamed.errors.contains("the same bytes"))
    let configuration = directory.file("Models/renamed/config.json")
    try Data(try Data(contentsOf: configuration) + Data("\n".utf8)).write(to: configuration)
    expectFailure(
      try directory.hiss("replay", "clips/clip-1.wav", "--output", "b.wav"), code: SystemExit.noInput,
      saying: "the model that made it is not here: small (")
    try FileManager.default.moveItem(at: directory.file("Models/renamed"), to: directory.file("Models/small"))
    expectFailure(
      try directory.hiss("replay", "clips/clip-1.wav", "--output", "b.wav"), code: SystemExit.badData,
      saying: "another model of the name small")
    let forced = try directory.hiss("replay", "clips/clip-1.wav", "--output", "b.wav", "--model", "small")
    #expect(forced.exitCode == 0 && forced.errors.contains("warning: small ("))
    #expect(!forced.errors.contains("the same bytes"))
  }
}
