import Audio
import Foundation
import Music
import Synthesis
import TestSupport
import Testing

@Suite("Clips on the way from one to another", .enabled(if: TextEncoder.isPresent))
struct MorphTests {
  private func directory() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    return directory
  }

  private let small = ["--model", "model", "--duration", "0.3", "--steps", "2", "--seed", "7"]

  @Test func theEndsAreTheFilesThatGenerateWrites() throws {
    let directory = try directory()
    let run = try HissProcess.run(
      ["morph", "soft flute in D minor", "piano", "--count", "3", "--seed-b", "9"] + small, in: directory.url)
    expectSuccess(run)
    #expect(run.outputLines == (1...3).map { directory.file("out/morph-\($0).wav").path })
    expectSuccess(
      try HissProcess.run(["generate", "soft flute in D minor", "-o", "a.wav"] + small, in: directory.url))
    expectSuccess(
      try HissProcess.run(["generate", "piano", "-o", "b.wav"] + small.dropLast() + ["9"], in: directory.url))
    let made = try (1...3).map { try Data(contentsOf: directory.file("out/morph-\($0).wav")) }
    #expect(try made[0] == Data(contentsOf: directory.file("a.wav")))
    #expect(try made[2] == Data(contentsOf: directory.file("b.wav")))
    #expect(made[1] != made[0] && made[1] != made[2])

    let inspect = try directory.hiss("inspect", "out/morph-2.wav")
    #expect(inspect.output.contains("0.5 of the way to \"piano\", seed 9"))
    #expect(try !directory.hiss("inspect", "out/morph-1.wav").output.contains("of the way"))
    let replay = try directory.hiss("replay", "out/morph-2.wav", "--model", "model")
    expectSuccess(replay)
    #expect(replay.errors.contains("the same bytes as"))
    expectFailure(
      try directory.hiss("replay", "out/morph-2.wav", "--model", "model", "--set", "seed=8"), code: SystemExit.usage,
      saying: "a morph is made again as it was")
  }

  @Test func clipsBringTheirOwnSettings() throws {
    let directory = try directory()
    expectSuccess(try HissProcess.run(["generate", "flute", "-o", "a.wav"] + small, in: directory.url))
    expectSuccess(
      try directory.hiss(
        "generate", "piano", "-o", "b.flac", "--model", "model", "--duration", "0.5", "--steps", "1", "--seed", "2"))
    let run = try directory.hiss("morph", "a.wav", "b.flac", "--count", "2", "--model", "model", "-o", "way")
    expectSuccess(run)
    #expect(run.errors.contains("B is made as A is: 0.3 s, 2 steps, euler"))
    #expect(
      try Data(contentsOf: directory.file("way/morph-1.wav")) == Data(contentsOf: directory.file("a.wav")))
    let last = try #require(ClipTags(AudioFile.tags(of: directory.file("way/morph-2.wav"))))
    #expect(last.request.prompt == "piano" && last.request.seed == 2 && last.request.duration == 0.3)
    let mixed = try directory.hiss(
      "morph", "a.wav", "organ", "--count", "3", "--model", "model", "-o", "mixed", "--json")
    expectSuccess(mixed)
    struct Report: Decodable {
      var files: [String]
      var fractions: [Double]
      var to: GenerationRequest
    }
    let report = try JSONDecoder().decode(Report.self, from: Data(mixed.output.utf8))
    #expect(report.fractions == [0, 0.5, 1] && report.to.seed == 7 && report.to.prompt == "organ")
    expectFailure(
      try directory.hiss("morph", "mixed/morph-2.wav", "organ", "--model", "model"), code: SystemExit.badData,
      saying: "a morph itself")
  }

  @Test("Ends that were made from MIDI files and recordings: the way can be replayed, and eats no source")
  func sources() throws {
    let directory = try directory()
    let notes = (0..<3).map { NoteEvent(startBeats: Double($0), durationBeats: 1, key: 60 + $0, velocity: 90) }
    try FileManager.default.createDirectory(at: directory.file("in"), withIntermediateDirectories: false)
    try MIDIFile(tracks: [.init(notes: notes)]).write(to: directory.file("in/song.mid"))
    try directory.tone("in/hum.wav", seconds: 1.5)
    let quick = ["--model", "model", "--steps", "1", "--seed", "7"]
    let inside = directory.file("in")
    let models = ["HISS_MODELS": directory.url.path]
    for (name, option) in [("a.wav", ["--midi", "song.mid"]), ("b.wav", ["--follow", "hum.wav"])] {
      expectSuccess(
        try HissProcess.run(["generate", "flute", "-o", name] + option + quick, in: inside, environment: models))
    }
    let morph = ["morph", "in/a.wav", "in/b.wav", "--count", "3", "--model", "model"]
    expectSuccess(try HissProcess.run(morph + ["-o", "way"], in: directory.url))
    let middle = try #require(ClipTags(AudioFile.tags(of: directory.file("way/morph-2.wav"))))
    #expect(middle.request.controls?.midi?.path == "in/song.mid")
    expectFailure(
      try directory.hiss("replay", "way/morph-2.wav", "--model", "model"), code: SystemExit.noInput,
      saying: "in/song.mid: the clip's tags name this file outside of the clip's folder")
    for folder in ["", "in", "way"] {
      let replay = try HissProcess.run(
        ["replay", directory.file("way/morph-2.wav").path, "--model", "model", "--outside", "-o", "again.wav"],
        in: folder.isEmpty ? directory.url : directory.file(folder), environment: models)
      #expect(replay.exitCode == 0 && replay.errors.contains("the same bytes as"), "\(folder): \(replay.errors)")
    }
    let eaten = try directory.hiss(
      "replay", "way/morph-2.wav", "--model", "model", "--outside", "--force", "-o", "in/hum.wav")
    expectFailure(eaten, code: SystemExit.usage, saying: "in/hum.wav: this is the input itself")
    // What the clips' tags name elsewhere is read when that is asked for.
    try FileManager.default.moveItem(at: directory.file("in/a.wav"), to: directory.file("way/a.wav"))
    let apart = ["morph", "way/a.wav", "organ", "--count", "2", "--model", "model", "-o", "apart"]
    expectFailure(
      try HissProcess.run(apart, in: inside.deletingLastPathComponent()), code: SystemExit.noInput,
      saying: "song.mid: the clip's tags name this file outside")
    expectSuccess(
      try HissProcess.run(
        ["morph", "../way/a.wav", "organ", "--count", "2", "--model", "model", "-o", "../apart", "--outside"],
        in: inside,
        environment: models))
  }

  @Test("The seconds that are told are those of the clips, silence cut off or not")
  func seconds() throws {
    let directory = try directory()
    let run = try directory.hiss(
      "morph", "kick one shot", "snare one shot", "--count", "2", "--seed", "1", "--steps", "1", "--model", "model",
      "-o",
      "way", "--trim")
    expectSuccess(run)
    let seconds = try run.outputLines.reduce(0) { $0 + (try AudioFile.read(URL(fileURLWithPath: $1)).duration) }
    #expect(run.errors.contains(String(format: "%.1f s of audio", seconds)), "\(run.errors)")
  }

  @Test func whatFailsLeavesNothing() throws {
    let directory = try directory()
    try directory.tone("tone.wav")
    let cases: [([String], Int32, String)] = [
      (["tone.wav", "pad"], SystemExit.badData, "it is a sound, but not made by Hiss"),
      (["pad", "missing.wav"], SystemExit.noInput, "missing.wav"),
      (["pad", "pad", "--count", "1"], SystemExit.usage, "--count"),
      (["pad", " "], SystemExit.usage, "empty"),
    ]
    for (arguments, code, words) in cases {
      expectFailure(
        try HissProcess.run(["morph"] + arguments + ["--model", "model"], in: directory.url), code: code, saying: words)
    }
    #expect(try directory.contents() == ["model", "tone.wav"])
  }
}
