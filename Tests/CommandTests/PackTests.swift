import Audio
import Foundation
import Synthesis
import TestSupport
import Testing

@Suite("Sample packs", .enabled(if: TextEncoder.isPresent))
struct PackTests {
  private let directory: TemporaryDirectory

  private static let plan = """
    name: Small
    author: Ada
    licence: CC0-1.0
    defaults: {steps: 2, vocoder-iterations: 2}
    folders:
      - folder: Loops
        kind: loop
        prompts: [drum beat, bass line]
        bpm: 240
        bars: 1
        keys: [A minor]
      - folder: Hits/Low
        kind: one-shot
        prompts: kick drum
        duration: 0.5
        count: 3
    """

  init() throws {
    directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    _ = try directory.write(Array(Self.plan.utf8), as: "plan.yaml")
  }

  /// Of a model that has learned nothing, all clips are much alike: only tests of that compare them.
  private func pack(_ arguments: String...) throws -> HissProcess {
    try HissProcess.run(
      ["pack", "plan.yaml", "--output", "Pack", "--model", "model", "--novelty", "0"] + arguments, in: directory.url)
  }

  private func names() throws -> [String] {
    let found = try FileManager.default.subpathsOfDirectory(atPath: directory.file("Pack").path)
    return found.filter { !URL(fileURLWithPath: $0).pathExtension.isEmpty }.sorted()
  }

  private func data(_ name: String) throws -> Data { try Data(contentsOf: directory.file("Pack/\(name)")) }

  private let clips = [
    "Hits/Low/kick-drum_01.wav", "Hits/Low/kick-drum_02.wav", "Hits/Low/kick-drum_03.wav",
    "Loops/bass-line_240bpm_Am_01.wav", "Loops/drum-beat_240bpm_Am_01.wav",
  ]

  private struct List: Decodable {
    struct File: Decodable {
      var file, kind, prompt: String, seed: UInt64, bpm, seconds, loudness, peak: Double?, beats: Int?
    }
    var name, digitalSourceType: String, files: [File], missing: [String]
  }

  @Test func everythingOfAPlan() throws {
    let run = try pack()
    expectSuccess(run)
    #expect(try Set(names()) == Set(clips + ["LICENSE.txt", "README.md", "index.html", "ledger.jsonl", "pack.json"]))
    let list = try JSONDecoder().decode(List.self, from: data("pack.json"))
    #expect(list.name == "Small" && list.missing.isEmpty && list.files.map(\.file).sorted() == clips)
    #expect(list.digitalSourceType.hasSuffix("/trainedAlgorithmicMedia"))
    let loops = list.files.filter { $0.kind == "loop" }
    #expect(loops.allSatisfy { $0.bpm == 240 && $0.beats == 4 && $0.seconds == 1 })
    let hits = list.files.filter { $0.kind == "one-shot" }
    #expect(hits.allSatisfy { abs(($0.peak ?? 0) + 1) < 0.02 } && Set(hits.map(\.seed)).count == 3)
    let clip = try AudioFile.read(directory.file("Pack/Hits/Low/kick-drum_02.wav"))
    #expect(abs(clip.peakDecibels + 1) < 0.01)
    let card = try String(contentsOf: directory.file("Pack/README.md"), encoding: .utf8)
    for words in ["# Small", "By Ada", "`Loops`", "Creative Commons Zero", "A model made these sounds", "240"] {
      #expect(card.contains(words), "\(words)")
    }
    let page = try String(contentsOf: directory.file("Pack/index.html"), encoding: .utf8)
    #expect(clips.allSatisfy { page.contains("./\($0)") })
    let tags = try directory.hiss("inspect", "Pack/Loops/drum-beat_240bpm_Am_01.wav")
    #expect(tags.output.contains("loop") && tags.output.contains("trainedAlgorithmicMedia"))
    let replay = try directory.hiss(
      "replay", "Pack/Hits/Low/kick-drum_01.wav", "-o", "again.wav", "--model", "model")
    #expect(replay.exitCode == 0 && replay.errors.contains("the same bytes as"), "\(replay.errors)")
  }

  @Test func goesOnWithWhatIsMissing() throws {
    expectSuccess(try pack("--shard", "1/2"))
    expectSuccess(try pack())
    let whole = try Dictionary(uniqueKeysWithValues: names().map { ($0, try data($0)) })
    try FileManager.default.removeItem(at: directory.file("Pack/\(clips[1])"))
    try FileManager.default.removeItem(at: directory.file("Pack/README.md"))
    let again = try pack()
    expectSuccess(again)
    #expect(again.errors.contains("1 clips made, 4 were there"), "\(again.errors)")
    for name in clips + ["README.md", "pack.json", "index.html"] { #expect(try data(name) == whole[name], "\(name)") }
    let third = try pack("--verify", "--json")
    expectSuccess(third)
    #expect(third.errors.contains("0 clips made, 5 were there") && third.output.contains("\"missing\" : [\n\n  ]"))
  }

  @Test func nothingOfTheUsersIsLost() throws {
    try FileManager.default.createDirectory(at: directory.file("Pack/Loops"), withIntermediateDirectories: true)
    for name in ["README.md", clips[3]] {
      try Data("mine".utf8).write(to: directory.file("Pack/\(name)"))
      let run = try pack()
      #expect(run.exitCode == SystemExit.cannotCreate && run.errors.contains("is there already"), "\(run.errors)")
      #expect(try data(name) == Data("mine".utf8))
      #expect(try !names().contains("ledger.jsonl"))
      try FileManager.default.removeItem(at: directory.file("Pack/\(name)"))
    }
    expectSuccess(try pack())
    try Data("edited".utf8).write(to: directory.file("Pack/README.md"))
    let edited = try pack()
    expectFailure(edited, code: SystemExit.cannotCreate, saying: "was changed since it was written")
    #expect(try data("README.md") == Data("edited".utf8))
    expectSuccess(try pack("--force"))
    // A plan with less in it: what is no more asked for stays, and is named.
    let less = Self.plan.replacing("count: 3", with: "count: 2")
    _ = try directory.write(Array(less.utf8), as: "plan.yaml")
    let run = try pack()
    expectSuccess(run)
    #expect(
      run.errors.contains("1 files in Pack are of no folder of this plan, and stay: \(clips[2])"), "\(run.errors)")
    #expect(try names().contains(clips[2]))
  }

  @Test func aDryRunMakesNothing() throws {
    let run = try pack("--dry-run")
    expectSuccess(run)
    #expect(run.outputLines.count == 5 && run.outputLines.contains { $0.hasPrefix(clips[0] + "  0.50 s  kick drum") })
    #expect(!FileManager.default.fileExists(atPath: directory.file("Pack").path))
    let bad = Self.plan.replacing("bpm: 240", with: "bpm: 240\n    speed: 3")
    _ = try directory.write(Array(bad.utf8), as: "plan.yaml")
    let refused = try pack()
    #expect(refused.exitCode == SystemExit.badData)
    #expect(refused.errorLines.first?.hasPrefix("hiss: plan.yaml:10: a folder of loops: speed is unknown") == true)
    #expect(refused.errorLines.count == 2 && refused.errors.contains("nothing was made"))
    #expect(!FileManager.default.fileExists(atPath: directory.file("Pack").path))
    let none = try HissProcess.run(["pack", "no.yaml", "--output", "Pack"], in: directory.url)
    #expect(none.exitCode == SystemExit.noInput && none.errorLines.count == 1, "\(none.errors)")
  }

  /// All takes of the untrained model sound the same, so that each but the first is a near copy.
  @Test func nearCopiesOfEachOtherAreTold() throws {
    let run = try HissProcess.run(
      ["pack", "plan.yaml", "--output", "Pack", "--model", "model"], in: directory.url)
    #expect(run.exitCode == 0 || run.errors.contains("came too near to"), "\(run.errors)")
  }

  @Test func drumsAndInstruments() throws {
    let plan = """
      name: Players
      folders:
        - {folder: Kits, kind: kit, prompts: house, drums: [kick, snare]}
        - {folder: Keys, kind: instrument, prompts: organ, range: C4..F4, every: 6, seconds: 0.6}
      """
    _ = try directory.write(Array(plan.utf8), as: "plan.yaml")
    let run = try pack()
    expectSuccess(run)
    let found = try names()
    for name in [
      "Kits/house/kick_v1_t1.wav", "Kits/house/house.sfz", "Kits/house/drumkit.xml", "Kits/house/instrument.json",
      "Keys/organ/organ.sf2", "Keys/organ/organ.sfz", "Keys/organ/instrument.json",
    ] {
      #expect(found.contains(name), "\(name)")
    }
    let card = try String(contentsOf: directory.file("Pack/README.md"), encoding: .utf8)
    #expect(card.contains("drum kits") && card.contains("is an instrument: load its SFZ"))
    let whole = try Dictionary(uniqueKeysWithValues: found.map { ($0, try data($0)) })
    try FileManager.default.removeItem(at: directory.file("Pack/Kits/house/snare_v1_t1.wav"))
    let again = try pack()
    #expect(again.errors.contains("1 clips made, 1 were there"), "\(again.errors)")
    for name in found where name != "ledger.jsonl" { #expect(try data(name) == whole[name], "\(name)") }
  }

  @Test func compositions() throws {
    let plan = """
      name: Songs
      defaults: {steps: 1, vocoder-iterations: 2}
      folders:
        - folder: Songs
          kind: stems
          prompts: piano
          tempos: [120, 240]
          form: "A1: Am, B1: F, no ending"
          stems: [bass lead]
      """
    _ = try directory.write(Array(plan.utf8), as: "plan.yaml")
    let run = try pack()
    expectSuccess(run)
    let found = try names()
    let files = ["bass.mid", "bass.wav", "idea.mid", "lead.mid", "lead.wav", "mix.wav"]
    for song in ["piano_120bpm_01", "piano_240bpm_01"] {
      #expect(found.filter { $0.hasPrefix("Songs/\(song)/") } == files.map { "Songs/\(song)/\($0)" }, "\(found)")
    }
    let stems = try ["bass", "lead"].map {
      try AudioFile.read(directory.file("Pack/Songs/piano_240bpm_01/\($0).wav")).samples
    }
    let mix = try AudioFile.read(directory.file("Pack/Songs/piano_240bpm_01/mix.wav")).samples
    #expect(mix.count == 88_200 && mix.indices.allSatisfy { mix[$0] == stems[0][$0] + stems[1][$0] })
    let list = try JSONDecoder().decode(List.self, from: data("pack.json"))
    #expect(list.files.map(\.beats) == [8, 8] && list.files.map(\.bpm) == [120, 240], "\(list.files)")
    #expect(String(decoding: try data("pack.json"), as: UTF8.self).contains("lead.wav"))
    let card = try String(contentsOf: directory.file("Pack/README.md"), encoding: .utf8)
    #expect(card.contains("is a composition"))
    // What is missing of a composition is made again, and is what it was.
    let whole = try Dictionary(uniqueKeysWithValues: found.map { ($0, try data($0)) })
    try FileManager.default.removeItem(at: directory.file("Pack/Songs/piano_120bpm_01/lead.mid"))
    let again = try pack()
    #expect(again.errors.contains("1 clips made, 1 were there"), "\(again.errors)")
    for name in found where name != "ledger.jsonl" { #expect(try data(name) == whole[name], "\(name)") }
  }
}
