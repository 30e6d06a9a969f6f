import Audio
import Foundation
import Pictures
import TestSupport
import Testing

@Suite("Tastes")
struct TasteCommandTests {
  private let directory: TemporaryDirectory
  private static let count = 24

  /// Sounds of which the later ones are brighter: noise through a filter that opens.
  init() throws {
    directory = try TemporaryDirectory()
    for place in 0..<Self.count {
      var (state, low) = (UInt64(place + 1), Float(0))
      let samples = (0..<22_050).map { _ -> Float in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let noise = Float(Double(state >> 33) / Double(1 << 31) - 0.5)
        low += (noise - low) * (0.01 + 0.9 * Float(place) / Float(Self.count))
        return 0.5 * low
      }
      try AudioFile.write(AudioClip(mono: samples, sampleRate: 44_100), to: directory.file(name(place)))
    }
  }

  private func name(_ place: Int) -> String { "sound \(place < 10 ? "0" : "")\(place).wav" }

  /// Picks of the darkest of eight.
  private func writePicks(_ count: Int) throws {
    var rows = ""
    for pick in 0..<count {
      let shown = (0..<8).map { (pick * 5 + $0 * 3) % Self.count }.sorted()
      for other in shown.dropFirst() { rows += "\(name(shown[0])),\(name(other)),2026-11-29T12:00:\(10 + pick)Z\n" }
    }
    _ = try directory.write(Array(("winner,loser,at\n" + rows).utf8), as: "picks.csv")
  }

  private struct Report: Decodable {
    struct Belief: Decodable { var quality: String, correlation: Double }
    struct Score: Decodable { var file: String, score: Double }
    var picks: Int, isLearned: Bool, beliefs: [Belief], files: [Score]
  }

  @Test func aTableIsLearnedAndTold() throws {
    try writePicks(24)
    let rated = try directory.hiss("rate", "--csv", "picks.csv", "--taste", "./mine.jsonl")
    expectSuccess(rated)
    #expect(rated.errors.contains("mine: 24 picks") && rated.errors.contains("of pairs told rightly"))
    let told = try directory.hiss("taste", "./mine.jsonl", name(0), name(23), "--json")
    expectSuccess(told)
    let report = try JSONDecoder().decode(Report.self, from: Data(told.output.utf8))
    #expect(report.isLearned && report.picks == 24)
    #expect(report.beliefs.contains { $0.quality == "brightness" && $0.correlation < -0.5 })
    #expect(report.files.map(\.file) == [name(0), name(23)])
    let table = try directory.hiss("taste", "./mine.jsonl", "--csv", "again.csv")
    expectSuccess(table)
    #expect(
      try String(contentsOf: directory.file("again.csv"), encoding: .utf8).split(separator: "\n").count == 1 + 24 * 7)
    #expect(try directory.hiss("taste", "./mine.jsonl", "--csv", "again.csv").exitCode == SystemExit.cannotCreate)
  }

  @Test func aTasteIsDrawnAndSaysWhatToCompare() throws {
    try writePicks(24)
    expectSuccess(try directory.hiss("rate", "--csv", "picks.csv", "--taste", "./mine.jsonl"))
    let drawn = try directory.hiss("taste", "./mine.jsonl", "--picture", "mine.png")
    expectSuccess(drawn)
    let learned = try Picture(contentsOf: directory.file("mine.png"))
    #expect(try directory.hiss("taste", "./mine.jsonl", "--picture", "mine.png").exitCode == SystemExit.cannotCreate)
    try writePicks(3)
    expectSuccess(try directory.hiss("rate", "--csv", "picks.csv", "--taste", "./young.jsonl"))
    expectSuccess(try directory.hiss("taste", "./young.jsonl", "--picture", "young.png"))
    #expect(try Picture(contentsOf: directory.file("young.png")).height < learned.height - 300)
    let asked = try directory.hiss("taste", "./mine.jsonl", name(0), name(5), name(9), "--ask")
    expectSuccess(asked)
    let line = try #require(asked.output.split(separator: "\n").last)
    #expect(line.hasPrefix("compare: sound 0") && line.hasSuffix(" bits)"), "\(line)")
    let all = try directory.hiss("taste", "./mine.jsonl", "--ask", "--json")
    #expect(all.output.contains("\"question\"") && all.output.contains("\"bits\""))
    let alone = try directory.hiss("taste", "./mine.jsonl", name(0), "--ask")
    #expect(alone.output.contains("nothing to compare"))
  }

  @Test func aFolderOfFavouritesIsPickedFromAnother() throws {
    try FileManager.default.createDirectory(at: directory.file("liked"), withIntermediateDirectories: true)
    for place in 0..<12 {
      try FileManager.default.copyItem(at: directory.file(name(place)), to: directory.file("liked/" + name(place)))
    }
    let rated = try directory.hiss("rate", "--favourites", "liked", "--against", ".", "--taste", "./mine.jsonl")
    expectSuccess(rated)
    #expect(rated.errors.contains("mine: 12 picks"))
  }

  private struct Kin: Decodable {
    struct Relative: Decodable { var seed: UInt64 }
    var relatives: [Relative]
  }

  private struct Survey: Decodable {
    struct File: Decodable { var file: String, liking: Double? }
    var files: [File]
  }

  @Test func aFolderIsJudged() throws {
    try writePicks(24)
    expectSuccess(try directory.hiss("rate", "--csv", "picks.csv", "--taste", "./mine.jsonl"))
    let told = try directory.hiss("dataset", ".", "--taste", "./mine.jsonl", "--json")
    expectSuccess(told)
    let survey = try JSONDecoder().decode(Survey.self, from: Data(told.output.utf8))
    let liking = Dictionary(uniqueKeysWithValues: survey.files.map { ($0.file, $0.liking ?? .nan) })
    #expect((liking[name(0)] ?? 0) > (liking[name(23)] ?? 0) + 0.5)
    let shown = try directory.hiss("dataset", ".", "--taste", "./mine.jsonl", "--page", "samples.html")
    expectSuccess(shown)
    #expect(shown.output.contains("liked most:") && shown.output.contains("liked least:"))
    let page = try String(contentsOf: directory.file("samples.html"), encoding: .utf8)
    #expect(page.contains("<h2>Liked most</h2>") && page.contains("<h2>Liked least</h2>"))
    try writePicks(3)
    expectSuccess(try directory.hiss("rate", "--csv", "picks.csv", "--taste", "./young.jsonl"))
    let young = try directory.hiss("dataset", ".", "--taste", "./young.jsonl")
    expectFailure(young, code: SystemExit.badData, saying: "nothing can go by this taste yet")
  }

  @Test func whatIsWrongIsToldInOneLine() throws {
    _ = try directory.write(Array("file,rating\n\(name(0)),good\n".utf8), as: "bad.csv")
    _ = try directory.write(Array("winner,loser\n\(name(0)),gone.wav\n".utf8), as: "gone.csv")
    let cases: [([String], Int32, String)] = [
      (
        ["rate", "--csv", "bad.csv", "--taste", "./t.jsonl"], SystemExit.badData,
        "bad.csv: line 2: \"good\" is no rating"
      ),
      (["rate", "--csv", "gone.csv", "--taste", "./t.jsonl"], SystemExit.noInput, "gone.wav"),
      (["rate", "--csv", "none.csv", "--taste", "./t.jsonl"], SystemExit.noInput, "none.csv"),
      (["rate", "--taste", "a.b", name(0), name(1)], SystemExit.usage, "is no name of a taste"),
      (["rate"], SystemExit.usage, "nothing to rate"),
      (["taste", "./none.jsonl"], SystemExit.usage, "there is no taste"),
      (["taste", "./none.jsonl", "--csv", "a.csv", "--picture", "a.png"], SystemExit.usage, "exclude each other"),
      (["taste", "--picture", "a.png"], SystemExit.usage, "say which taste"),
      (["generate", "pad", "--taste", "./none.jsonl:9"], SystemExit.usage, "is no weight"),
      (["dataset", ".", "--taste", "./none.jsonl"], SystemExit.usage, "there is no taste"),
      (["train", "--output", "m"], SystemExit.usage, "nothing to learn"),
      (["train", ".", "--picks", "mine", "--output", "m"], SystemExit.usage, "and not both"),
      (["train", "--picks", "mine", "--depth", "4", "--output", "m"], SystemExit.usage, "does not go with --picks"),
      (["train", "--picks", "mine", "--pause-at", "50", "--output", "m"], SystemExit.usage, "--pause-at"),
      (["train", "--picks", "mine", "--frame", "stereo", "--output", "m"], SystemExit.usage, "--frame"),
      (["train", "samples", "--save-every", "nan", "--output", "m"], SystemExit.usage, "--save-every"),
      (["train", ".", "--keep", "0.5", "--output", "m"], SystemExit.usage, "--keep goes with --taste"),
    ]
    for (arguments, code, words) in cases {
      expectFailure(try HissProcess.run(arguments, in: directory.url), code: code, saying: words)
    }
    #expect(!FileManager.default.fileExists(atPath: directory.file("t.jsonl").path))
  }

  @Test(.enabled(if: TextEncoder.isPresent)) func clipsAreChosenByATasteThatIsLearned() throws {
    try SmallModel.write(to: directory.file("model"))
    func generate(_ output: String, _ taste: String) throws -> HissProcess {
      try directory.hiss(
        "generate", "pad", "--model", "model", "--seed", "1", "--count", "2", "--duration", "0.5", "--steps", "2",
        "--vocoder-iterations", "2", "--novelty", "0", "--taste", taste, "-o", output, "--json")
    }
    try writePicks(3)
    expectSuccess(try directory.hiss("rate", "--csv", "picks.csv", "--taste", "./young.jsonl"))
    let plain = try generate("plain", "./young.jsonl")
    expectSuccess(plain)
    #expect(plain.errors.contains("young: 3 picks, not enough yet; these are plain clips"))
    #expect(plain.output.contains("\"seed\" : 1,") && plain.output.contains("\"seed\" : 2,"))
    try writePicks(24)
    expectSuccess(try directory.hiss("rate", "--csv", "picks.csv", "--taste", "./mine.jsonl"))
    let chosen = try generate("chosen", "./mine.jsonl")
    expectSuccess(chosen)
    #expect(!chosen.errors.contains("plain clips"))
    let replay = try directory.hiss("inspect", "chosen/pad_01.wav")
    expectSuccess(replay)
    // Relatives are chosen among four times as many of one set, and need no taste to be made again.
    let varied = try directory.hiss(
      "vary", "chosen/pad_01.wav", "--model", "model", "--seed", "5", "--count", "2", "--taste", "./mine.jsonl",
      "-o", "kin", "--novelty", "0", "--json")
    expectSuccess(varied)
    let seeds = try JSONDecoder().decode(Kin.self, from: Data(varied.output.utf8)).relatives.map(\.seed)
    #expect(seeds.count == 2 && Set(seeds).count == 2 && seeds.allSatisfy { (5..<13).contains($0) })
    let again = try directory.hiss("replay", "kin/pad_01_01.wav", "-o", "again.wav", "--model", "model")
    #expect(again.exitCode == 0 && again.errors.contains("the same bytes as"), "\(again.errors)")
  }
}
