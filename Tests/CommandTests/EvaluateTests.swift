import Evaluation
import Foundation
import Novelty
import Spectra
import TestSupport
import Testing

@Suite("Evaluating a model, and clips that must be new", .enabled(if: TextEncoder.isPresent))
struct EvaluateTests {
  /// A model that has learned nothing, and twelve tones.
  private func directory(clipCount: Int = 12) throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    try FileManager.default.createDirectory(at: directory.file("samples"), withIntermediateDirectories: false)
    for clip in 0..<clipCount {
      try directory.tone("samples/tone-\(clip).wav", seconds: 0.3 + 0.05 * Double(clip))
      try Data("a tone, \(clip)".utf8).write(to: directory.file("samples/tone-\(clip).txt"))
    }
    return directory
  }

  @Test func reportPageAndIndex() throws {
    let directory = try directory()
    let run = try directory.hiss(
      "evaluate", "model", "--dataset", "samples", "--cache", "cache", "--clips", "2", "--output", "page",
      "--write-index")
    expectSuccess(run)
    #expect(run.output.contains("This is still noise") && run.output.contains("is not what model learned from"))
    #expect(run.errors.contains("novelty.index") && run.errors.contains("index.html"))
    let page = try String(contentsOf: directory.file("page/index.html"), encoding: .utf8)
    #expect(page.contains("This is still noise") && page.contains("data:audio/flac"))
    let index = try NoveltyIndex(reading: directory.file("model/novelty.index"))
    #expect(index.clipCount < 12 && index.dataset == "samples")

    let json = try directory.hiss(
      "evaluate", "model", "--dataset", "samples", "--cache", "cache", "--clips", "0", "--json")
    expectSuccess(json)
    let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    #expect((object?["verdict"] as? [String: Any])?["fit"] as? String == "noise")
    #expect(object?["novelty"] == nil)
  }

  @Test func badInput() throws {
    let directory = try directory(clipCount: 3)
    let common = ["--cache", "cache", "--clips", "0"]
    func run(_ arguments: String...) throws -> HissProcess {
      try HissProcess.run(["evaluate"] + arguments + common, in: directory.url)
    }
    expectFailure(
      try run("nowhere", "--dataset", "samples"), code: SystemExit.noInput, saying: "nowhere: there is no model here")
    expectFailure(
      try run("model", "--dataset", "nowhere"), code: SystemExit.noInput, saying: "nowhere is not a folder")
    expectFailure(
      try run("model", "--dataset", "samples"), code: SystemExit.badData,
      saying: "none of its 3 clips is held out")
    expectFailure(
      try run("model", "--dataset", "model"), code: SystemExit.badData, saying: "holds no audio files")
    expectFailure(try run("model"), code: SystemExit.usage, saying: "say --dataset")
  }

  private let tone = ["generate", "tone", "--model", "model", "--duration", "0.4", "--steps", "2"]

  @Test func copiesAreMadeAgain() throws {
    let directory = try directory()
    expectSuccess(
      try directory.hiss(
        "evaluate", "model", "--dataset", "samples", "--cache", "cache", "--clips", "0", "--write-index"))
    let all = try HissProcess.run(
      tone + ["--seed", "5", "--count", "8", "--novelty", "1e-9", "--output", "all", "--json"], in: directory.url)
    expectSuccess(all)
    #expect(!all.errors.contains("trying"))
    let ratios = try ratios(all)
    // The most novel of a clip's first seeds sets the limit: those before it are made again, it is kept.
    let seeds = (0..<4).map { 5 + $0 * NoveltyGuard.seedStride }
    var tried: [Double] = []
    for seed in seeds {
      let run = try HissProcess.run(
        tone + ["--seed", "\(seed)", "--output", "all", "--json"], in: directory.url)
      tried += try self.ratios(run)
    }
    #expect(tried[0] == ratios[0])
    let most = try #require(tried.max())
    let place = try #require(tried.firstIndex(of: most))
    let kept = try HissProcess.run(
      tone + ["--seed", "5", "--novelty", "\(most)", "--output", "kept"], in: directory.url)
    expectSuccess(kept)
    let name = "tone-\(seeds[place]).wav"
    #expect(kept.outputLines == [directory.file("kept/\(name)").path])
    #expect(kept.errorLines.count { $0.contains("; trying seed") } == place, "\(tried)")
    #expect(
      try Data(contentsOf: directory.file("kept/\(name)")) == Data(contentsOf: directory.file("all/\(name)")))

    // Where nothing else is said, clips are watched by a lower bar; a batch does the same.
    let usual = try HissProcess.run(
      tone + ["--seed", "5", "--count", "8", "--output", "usual", "--json"], in: directory.url)
    expectSuccess(usual)
    #expect(try self.ratios(usual) == ratios && ratios.allSatisfy { $0 > NoveltyGuard.standardThreshold })
    let job = #"{"id":"a","prompt":"tone","duration":0.4,"steps":2,"seed":5}"#
    _ = try directory.write(Array(job.utf8), as: "jobs.jsonl")
    let batch = ["batch", "jobs.jsonl", "--model", "model", "--output", "batch", "--novelty"]
    let made = try HissProcess.run(batch + ["\(most)"], in: directory.url)
    expectSuccess(made)
    #expect(made.errors.contains("1 clips made, 1 of them with another seed") == (place > 0), "\(made.errors)")
    #expect(
      try Data(contentsOf: directory.file("batch/a.wav")) == Data(contentsOf: directory.file("kept/\(name)")))
    expectSuccess(try HissProcess.run(batch + ["0"], in: directory.url))
    #expect(
      try Data(contentsOf: directory.file("batch/a.wav")) == Data(contentsOf: directory.file("all/tone-5.wav")))
    let failed = try HissProcess.run(batch + ["1000"], in: directory.url)
    #expect(failed.exitCode == 70 && failed.errors.contains("failed: a: gave up on 1 clip: none of 8 seeds"))

    let none = try HissProcess.run(
      tone + ["--seed", "5", "--count", "2", "--novelty", "1000", "--output", "none"], in: directory.url)
    #expect(none.exitCode == 69 && none.output.isEmpty)
    #expect(none.errors.contains("seed 5: novelty ") && none.errors.contains("; trying seed 1000005"))
    #expect(none.errors.contains("gave up on 2 clips: none of 8 seeds each was as novel as 1000.0"), "\(none.errors)")
    #expect(!FileManager.default.fileExists(atPath: directory.file("none").path))
  }

  @Test func badIndex() throws {
    let directory = try directory()
    func run(_ arguments: String...) throws -> HissProcess {
      try HissProcess.run(tone + arguments, in: directory.url)
    }
    expectFailure(
      try run("--novelty", "0.5"), code: SystemExit.noInput, saying: "there is no novelty index here")
    try Data("not an index".utf8).write(to: directory.file("bad.index"))
    expectFailure(
      try run("--novelty", "0.5", "--novelty-index", "bad.index"), code: SystemExit.badData,
      saying: "not a whole novelty index")
    expectFailure(
      try run("--novelty-index", "bad.index"), code: SystemExit.badData, saying: "not a whole novelty index")
    expectFailure(try run("--novelty=-1"), code: SystemExit.usage, saying: "--novelty -1")
    expectFailure(
      try run("--novelty", "0", "--novelty-index", "bad.index"), code: SystemExit.usage,
      saying: "--novelty-index and --novelty 0")
    #expect(!FileManager.default.fileExists(atPath: directory.file("out").path))
    // Whoever asked for nothing gets clips, and is told.
    try Data("not an index".utf8).write(to: directory.file("model/novelty.index"))
    let warned = try run()
    expectSuccess(warned)
    #expect(warned.errors.contains("novelty.index: not a whole novelty index"))
    #expect(warned.errors.contains("; clips are not compared with the training set"))
    let careless = try run("--novelty", "0")
    expectSuccess(careless)
    #expect(!careless.errors.contains("novelty"))
  }

  private func ratios(_ run: HissProcess) throws -> [Double] {
    let object = try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any]
    return try #require(object?["novelty"] as? [Double])
  }
}
