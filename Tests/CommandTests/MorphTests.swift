import Audio
import Foundation
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
