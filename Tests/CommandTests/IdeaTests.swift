import Audio
import Foundation
import Synthesis
import TestSupport
import Testing

@Suite("Ideas, composed and played", .enabled(if: TextEncoder.isPresent))
struct IdeaTests {
  private func directory() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    return directory
  }

  private let common = ["idea", "lofi, melancholic", "--model", "model", "--steps", "1", "--vocoder-iterations", "2"]

  @Test func clipsAndMIDIAgreeAndSayTheirMusic() throws {
    let directory = try directory()
    let run = try HissProcess.run(
      common + ["--seed", "4", "--count", "2", "--bars", "2", "--bpm", "97", "--key", "Dm"], in: directory.url)
    expectSuccess(run)
    #expect(try directory.contents() == ["model", "out"])
    let names = run.outputLines.map { line in
      String(line.prefix { $0 != " " }.split(separator: "/").last?.dropLast(4) ?? "")
    }
    for (index, name) in names.enumerated() {
      #expect(name.hasSuffix("-lofi-melancholic_97bpm_Dm_0\(index + 1)"), "\(name)")
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.file("out").path).sorted() == [
        "\(names[0]).mid", "\(names[0]).wav", "\(names[1]).mid", "\(names[1]).wav",
      ])
    #expect(run.errors.contains("no instrument named, chosen: "))
    for (index, line) in run.outputLines.enumerated() {
      let wave = directory.file("out/\(names[index]).wav")
      #expect(line.hasPrefix("\(wave.path)  D minor, 97 bpm: "))
      // 2 bars of 4/4 at 97 beats a minute, exact to the sample.
      #expect(try AudioFile.read(wave).frameCount == Int((8.0 * 60 * 44_100 / 97).rounded()))
      let tags = try #require(ClipTags(AudioFile.tags(of: wave)))
      #expect(tags.request.controls?.midi?.path == "\(names[index]).mid" && tags.request.controls?.tempo == 97)
      #expect(tags.request.seed == 4 + UInt64(index) && tags.request.prompt.hasSuffix(", lofi, melancholic"))
      let midi = [UInt8](try Data(contentsOf: directory.file("out/\(names[index]).mid")))
      for chord in line.split(separator: ": ").last?.split(separator: " ") ?? [] {
        #expect(midi.firstRange(of: [0xFF, 0x06, UInt8(chord.utf8.count)] + Array(chord.utf8)) != nil, "\(chord)")
      }
    }
    #expect(run.outputLines.count == 2)
  }

  @Test func aSeedGivesTheSameBytesAnywhere() throws {
    let directory = try directory()
    for (folder, threads) in [("a", "1"), ("b", "2"), ("a", "2")] {
      expectSuccess(
        try HissProcess.run(
          common + [
            "--seed", "4", "--count", "2", "--bars", "1", "--threads", threads, "-o", folder, "--name", "idea-{take}",
          ],
          in: directory.url))
    }
    for name in ["idea-01.wav", "idea-01.mid", "idea-02.wav", "idea-02.mid"] {
      let files = try ["a", "b"].map { try Data(contentsOf: directory.file("\($0)/\(name)")) }
      #expect(files[0] == files[1], "\(name)")
    }
    // Made anew they replace themselves; another idea replaces none.
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.file("a").path).count == 4)
    let other = try HissProcess.run(
      common + ["--seed", "9", "--bars", "1", "-o", "a", "--name", "idea-{take}"], in: directory.url)
    #expect(other.outputLines.first?.contains("/a/idea-03.wav  ") == true)
  }

  @Test func replayFindsTheMIDIWhereverBothAre() throws {
    let directory = try directory()
    expectSuccess(try HissProcess.run(common + ["--seed", "4", "--bars", "1", "--name", "idea-1"], in: directory.url))
    try FileManager.default.moveItem(at: directory.file("out"), to: directory.file("moved"))
    let replay = try directory.hiss("replay", "moved/idea-1.wav", "--model", "model")
    expectSuccess(replay)
    #expect(replay.errors.contains("the same bytes as"))
    let inspect = try directory.hiss("inspect", "moved/idea-1.wav")
    #expect(inspect.output.contains("midi                idea-1.mid"))
    try Data("other".utf8).write(to: directory.file("moved/idea-1.mid"))
    let changed = try directory.hiss("replay", "moved/idea-1.wav", "--model", "model", "-o", "again.wav")
    #expect(changed.exitCode == SystemExit.badData)
    #expect(changed.errorLines.last?.contains("moved/idea-1.mid: this is not the file") == true)
  }

  @Test func jsonHoldsTheMusic() throws {
    let directory = try directory()
    let run = try HissProcess.run(
      ["idea", "happy piano, chords C G Am F", "--model", "model", "--steps", "1", "--seed", "1", "--json"],
      in: directory.url)
    expectSuccess(run)
    struct Report: Decodable {
      struct Entry: Decodable {
        var file, midi, key: String
        var bpm, seconds: Double
        var chords: [String]
      }
      var ideas: [Entry]
    }
    let idea = try #require(try JSONDecoder().decode(Report.self, from: Data(run.output.utf8)).ideas.first)
    #expect(idea.chords == ["C", "G", "Am", "F"] && idea.key == "C major" && idea.bpm >= 112)
    #expect(abs(idea.seconds - 16 * 60 / idea.bpm) < 1e-9)
    #expect(!run.errors.contains("chosen"))
  }

  @Test func whatFailsLeavesNothing() throws {
    let directory = try directory()
    try SmallModel.write(to: directory.file("plain"), controlCount: 0)
    expectFailure(
      try directory.hiss("idea", "lofi", "--model", "plain"), code: SystemExit.badData, saying: "takes no controls")
    expectFailure(
      try directory.hiss("idea", "lofi", "--model", "nowhere"), code: SystemExit.noInput, saying: "nowhere")
    expectFailure(
      try directory.hiss("idea", "lofi", "--model", "model", "-o", "idea.wav"), code: SystemExit.cannotCreate,
      saying: "folder")
    let full = try HissProcess.run(common + ["--seed", "4", "--bars", "1"], in: directory.url, limits: "-f 8")
    #expect(full.exitCode == SystemExit.cannotCreate)
    #expect(try directory.contents() == ["model", "plain"])
  }
}
