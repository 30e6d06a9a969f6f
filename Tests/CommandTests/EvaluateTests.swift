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

  @Test("The index of another data set stays, and what a model learned from before stays in its own")
  func indices() throws {
    let directory = try TemporaryDirectory.evaluation()
    func run(_ dataset: String, _ more: String...) throws -> HissProcess {
      try HissProcess.run(
        ["evaluate", "model", "--dataset", dataset, "--cache", "cache", "--clips", "0", "--write-index"] + more,
        in: directory.url)
    }
    func index() throws -> NoveltyIndex { try NoveltyIndex(reading: directory.file("model/novelty.index")) }
    expectSuccess(try run("samples"))
    let first = try index()
    try FileManager.default.copyItem(at: directory.file("samples"), to: directory.file("others"))
    expectFailure(
      try run("others"), code: SystemExit.cannotCreate,
      saying:
        "novelty.index: this is the index of the data set \"samples\", and would be replaced by that of \"others\"")
    #expect(try index() == first)
    try directory.tone("samples/new.wav", seconds: 2)
    expectSuccess(try run("samples"))
    #expect(try index().clipCount >= first.clipCount)
    expectSuccess(try run("others", "--force"))
    #expect(try index().dataset == "others")
    // What is no index at all is somebody's too.
    try Data("my notes".utf8).write(to: directory.file("model/novelty.index"))
    expectFailure(try run("others"), code: SystemExit.cannotCreate, saying: "novelty.index: this file is there already")
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
