import Foundation
import Novelty
import TestSupport
import Testing

@Suite("Clips that must be new", .enabled(if: TextEncoder.isPresent))
struct NoveltyTests {
  private let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory.evaluation() }

  private let tone = ["generate", "tone", "--model", "model", "--duration", "0.4", "--steps", "2"]

  private func writeIndex() throws {
    expectSuccess(
      try directory.hiss(
        "evaluate", "model", "--dataset", "samples", "--cache", "cache", "--clips", "0", "--write-index"))
  }

  private func run(_ arguments: String...) throws -> HissProcess {
    try HissProcess.run(tone + arguments, in: directory.url)
  }

  private func run(batch novelty: String) throws -> HissProcess {
    let job = #"{"id":"a","prompt":"tone","duration":0.4,"steps":2,"seed":5}"#
    _ = try directory.write(Array(job.utf8), as: "jobs.jsonl")
    let batch = ["batch", "jobs.jsonl", "--model", "model", "--output", "batch", "--novelty", novelty]
    return try HissProcess.run(batch, in: directory.url)
  }

  private func data(_ path: String) throws -> Data { try Data(contentsOf: directory.file(path)) }

  /// Makes clips of the first seeds that are tried for seed 5, in the folder `all`.
  /// - Returns: the ratio of the most novel one, which sets a limit that those before it do not reach.
  private func mostNovel() throws -> (ratio: Double, place: Int, name: String) {
    let seeds = (0..<4).map { 5 + $0 * NoveltyGuard.seedStride }
    let tried = try seeds.flatMap { try ratios(run("--seed", "\($0)", "--output", "all", "--json")) }
    let most = try #require(tried.max())
    let place = try #require(tried.firstIndex(of: most))
    return (most, place, "tone_0\(place + 1).wav")
  }

  @Test func copiesAreMadeAgain() throws {
    try writeIndex()
    let most = try mostNovel()
    let kept = try run("--seed", "5", "--novelty", "\(most.ratio)", "--output", "kept")
    expectSuccess(kept)
    #expect(kept.outputLines == [directory.file("kept/tone_01.wav").path])
    #expect(kept.errorLines.count { $0.contains("; trying seed") } == most.place, "\(kept.errors)")
    #expect(try data("kept/tone_01.wav") == data("all/\(most.name)"))
  }

  /// Where nothing else is asked for, clips are watched by a lower bar.
  @Test func novelClipsAreKept() throws {
    try writeIndex()
    let all = try run("--seed", "5", "--count", "8", "--novelty", "1e-9", "--output", "all", "--json")
    expectSuccess(all)
    #expect(!all.errors.contains("trying"))
    let usual = try run("--seed", "5", "--count", "8", "--output", "usual", "--json")
    expectSuccess(usual)
    let ratios = try ratios(all)
    #expect(try self.ratios(usual) == ratios && ratios.allSatisfy { $0 > NoveltyGuard.standardThreshold })
    #expect(try self.ratios(run("--seed", "5", "--output", "one", "--json")) == [ratios[0]])
  }

  @Test func aBatchDoesTheSame() throws {
    try writeIndex()
    let most = try mostNovel()
    let made = try run(batch: "\(most.ratio)")
    expectSuccess(made)
    #expect(made.errors.contains("1 clips made, 1 of them with another seed") == (most.place > 0), "\(made.errors)")
    #expect(try data("batch/a.wav") == data("all/\(most.name)"))
    let kept = try run(batch: "0")
    expectSuccess(kept)
    #expect(!kept.errors.contains("1 clips are made anew"), "\(kept.errors)")
    #expect(try data("batch/a.wav") == data("all/tone_01.wav"))
    let failed = try run(batch: "1000")
    #expect(failed.exitCode == 70 && failed.errors.contains("failed: a: gave up on 1 clip: none of 8 seeds"))
  }

  @Test func aBatchSaysWhyItMakesClipsAnew() throws {
    try writeIndex()
    let job = #"{"id":"a","prompt":"tone","duration":0.4,"steps":2,"seed":5}"#
    _ = try directory.write(Array(job.utf8), as: "jobs.jsonl")
    func batch(_ more: String...) throws -> HissProcess {
      let run = try HissProcess.run(
        ["batch", "jobs.jsonl", "--model", "model", "--output", "batch"] + more, in: directory.url)
      expectSuccess(run)
      return run
    }
    #expect(try !batch("--novelty", "0").errors.contains("made anew"))
    #expect(try !batch("--novelty", "0").errors.contains("made anew"))
    let usual = try batch()
    #expect(
      usual.errors.contains("note: 1 clips are made anew: they were made without having to be so new"),
      "\(usual.errors)")
    #expect(try !batch().errors.contains("made anew"))
    #expect(try batch("--novelty", "0").errors.contains("note: 1 clips are made anew: they had to be new before"))
  }

  @Test func givesUpWhereNoSeedHelps() throws {
    try writeIndex()
    let none = try run("--seed", "5", "--count", "2", "--novelty", "1000", "--output", "none")
    #expect(none.exitCode == 69 && none.output.isEmpty)
    #expect(none.errors.contains("seed 5: novelty ") && none.errors.contains("; trying seed 1000005"))
    #expect(none.errors.contains("gave up on 2 clips: none of 8 seeds each was as novel as 1000.0"), "\(none.errors)")
    #expect(!FileManager.default.fileExists(atPath: directory.file("none").path))
  }

  @Test func badIndex() throws {
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
