import Audio
import Foundation
import Synthesis
import TestSupport
import Testing

@Suite("Relatives of clips and of recordings", .enabled(if: TextEncoder.isPresent))
struct VaryTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
  }

  private func vary(_ arguments: String...) throws -> HissProcess {
    try HissProcess.run(["vary"] + arguments + ["--model", "model", "--seed", "5"], in: directory.url)
  }

  private func makeClip(_ name: String = "pad.wav", seconds: String = "0.5") throws {
    expectSuccess(
      try directory.hiss(
        "generate", "pad", "--model", "model", "--seed", "1", "--duration", seconds, "--steps", "2",
        "--vocoder-iterations", "2", "-o", name))
  }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.file(folder).path).sorted()
  }

  @Test func aSetOfAClipWithItsLists() throws {
    try makeClip()
    for _ in 0..<2 {
      let run = try vary("pad.wav", "--count", "3", "--distance", "0.3", "-o", "set")
      expectSuccess(run)
      #expect(run.errors.contains("3 relatives; fingerprints are"))
      #expect(try names("set") == ["pad_01-03.csv", "pad_01-03.json", "pad_01.wav", "pad_02.wav", "pad_03.wav"])
    }
    struct List: Decodable {
      struct Entry: Decodable { var file: String, seed: UInt64, seconds: Double, fingerprintDistance: Double }
      var source: String, distance: Double, relatives: [Entry]
    }
    let list = try JSONDecoder().decode(List.self, from: Data(contentsOf: directory.file("set/pad_01-03.json")))
    #expect(list.source == "pad.wav" && list.distance == 0.3 && list.relatives.map(\.seed) == [5, 6, 7])
    #expect(list.relatives.map(\.file) == ["pad_01.wav", "pad_02.wav", "pad_03.wav"])
    #expect(list.relatives.allSatisfy { abs($0.seconds - 0.5) < 1e-6 && $0.fingerprintDistance >= 0 })
    let table = try String(contentsOf: directory.file("set/pad_01-03.csv"), encoding: .utf8).split(separator: "\n")
    #expect(table.count == 4 && table[1].hasPrefix("\"pad_01.wav\",5,0.5,"))
    let replay = try directory.hiss("replay", "set/pad_02.wav", "-o", "again.wav", "--model", "model")
    #expect(replay.exitCode == 0 && replay.errors.contains("the same bytes as"), "\(replay.errors)")
    #expect(try directory.hiss("inspect", "set/pad_02.wav").output.contains("vary-distance       0.3\n"))
    expectSuccess(try vary("pad.wav", "--count", "1", "--distance", "0", "-o", "same"))
    #expect(try AudioFile.read(directory.file("same/pad_01.wav")) == AudioFile.read(directory.file("pad.wav")))
  }

  @Test func aRecordingIsReadByItsName() throws {
    try directory.tone("Foot_step-03.wav", seconds: 0.5)
    let run = try vary("Foot_step-03.wav", "--count", "2", "--distance", "0.4", "-o", "set")
    expectSuccess(run)
    #expect(run.errors.contains("is read in its name, \"Foot step\""))
    #expect(try names("set").filter { $0.hasSuffix(".wav") } == ["Foot_step-03_01.wav", "Foot_step-03_02.wav"])
    let clips = try ["01", "02"].map { try AudioFile.read(directory.file("set/Foot_step-03_\($0).wav")) }
    #expect(clips[0] != clips[1] && clips.allSatisfy { $0.frameCount == 22_050 })
    #expect(
      try AudioFile.digitalSource(of: directory.file("set/Foot_step-03_01.wav"))
        == .compositeWithTrainedAlgorithmicMedia)
    let told = try vary("Foot_step-03.wav", "--prompt", "wooden step", "--count", "1", "-o", "other")
    #expect(told.exitCode == 0 && !told.errors.contains("no --prompt"))
  }

  @Test func levelAndLengthAreKeptWhereThatIsAskedFor() throws {
    try directory.tone("tone.wav", seconds: 1)
    let level = try AudioFile.read(directory.file("tone.wav")).loudness.integrated
    try makeClip(seconds: "1")
    let source = try AudioFile.read(directory.file("pad.wav"))
    expectSuccess(
      try vary("pad.wav", "--count", "2", "--distance", "0.8", "--keep-level", "--keep-length", "-o", "kept"))
    for name in ["pad_01", "pad_02"] {
      let clip = try AudioFile.read(directory.file("kept/\(name).wav"))
      #expect(clip.frameCount == source.frameCount)
      // Where no true peak forbids it.
      #expect(clip.loudness.integrated < source.loudness.integrated + 0.1)
    }
    expectSuccess(try vary("tone.wav", "--prompt", "tone", "--count", "1", "--lufs", "-40", "-o", "soft"))
    let soft = try AudioFile.read(directory.file("soft/tone_01.wav")).loudness.integrated
    #expect(abs(soft + 40) < 0.1 && level > -20)
  }

  @Test func whatCannotBeIsOneLineAndNothingIsLost() throws {
    try makeClip()
    let before = try directory.contents()
    let refused: [([String], Int32, String)] = [
      (["pad.wav", "--distance", "1.5"], SystemExit.usage, "--distance 1.5 is not between 0 and 1"),
      (["pad.wav", "--count", "0"], SystemExit.usage, "--count 0 is not between"),
      (["pad.wav", "--lufs", "-20", "--keep-level"], SystemExit.usage, "exclude each other"),
      (["pad.wav", "--lufs", "3"], SystemExit.usage, "a loudness of 3.0 LUFS"),
      (["nowhere.wav"], SystemExit.noInput, "nowhere.wav: no such file"),
      (["pad.wav", "-o", "pad.wav", "--count", "1"], SystemExit.usage, "this is the input itself"),
    ]
    for (arguments, code, words) in refused {
      let run = try HissProcess.run(["vary"] + arguments + ["--model", "model"], in: directory.url)
      expectFailure(run, code: code, saying: words)
    }
    #expect(try directory.contents() == before)
    try FileManager.default.createDirectory(at: directory.file("set"), withIntermediateDirectories: false)
    try Data("{}".utf8).write(to: directory.file("set/pad_01-02.json"))
    expectFailure(
      try vary("pad.wav", "--count", "2", "-o", "set"), code: SystemExit.cannotCreate,
      saying: "pad_01-02.json: this file is")
    #expect(try names("set") == ["pad_01-02.json"])
  }

  @Test func whatIsNamedVariesAlone() throws {
    try makeClip(seconds: "0.6")
    try directory.tone("hum.wav", seconds: 0.6)
    for source in ["pad", "hum"] {
      for aspects in ["level", "rhythm,level", "timbre", "notes"] {
        let folder = "\(source)-\(aspects)"
        let run = try vary("\(source).wav", "--vary", aspects, "--count", "2", "--novelty", "0", "-o", folder)
        expectSuccess(run)
        let clips = try names(folder).filter { $0.hasSuffix(".wav") }
        #expect(clips.count == 2)
        let shown = try directory.hiss("inspect", "\(folder)/\(clips[1])").output
        #expect(shown.contains("vary-what") && shown.contains("vary-draw") && shown.contains(" 6\n"), "\(shown)")
        let replay = try directory.hiss(
          "replay", "\(folder)/\(clips[1])", "-o", "\(folder).wav", "--model", "model", "--outside")
        #expect(replay.exitCode == 0 && replay.errors.contains("the same bytes as"), "\(replay.errors)")
      }
    }
    let level = try AudioFile.read(directory.file("hum-level/hum_01.wav"))
    let source = try AudioFile.read(directory.file("hum.wav"))
    #expect(level != source && level.frameCount == source.frameCount)
    let kept = try vary("pad.wav", "--keep", "timbre,notes,rhythm", "--count", "2", "--novelty", "0", "-o", "kept")
    expectSuccess(kept)
    #expect(
      try AudioFile.read(directory.file("kept/pad_01.wav"))
        == AudioFile.read(directory.file("pad-level/pad_01.wav")))
    expectFailure(try vary("pad.wav", "--vary", "colour"), code: SystemExit.usage, saying: "and colour is none of them")
    expectFailure(
      try vary("pad.wav", "--vary", "level", "--keep", "notes"), code: SystemExit.usage, saying: "exclude each other")
    expectFailure(
      try vary("pad.wav", "--keep", "timbre,notes,rhythm,level"), code: SystemExit.usage, saying: "keeps all")
  }
}
