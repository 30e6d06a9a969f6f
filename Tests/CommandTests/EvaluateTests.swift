import Evaluation
import Foundation
import Novelty
import Spectra
import TestSupport
import Testing

@Suite("Evaluating a model", .enabled(if: TextEncoder.isPresent))
struct EvaluateTests {
  @Test func reportPageAndIndex() throws {
    let directory = try TemporaryDirectory.evaluation()
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
    let directory = try TemporaryDirectory.evaluation(clipCount: 3)
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
}
