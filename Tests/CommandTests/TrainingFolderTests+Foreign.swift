import Foundation
import Novelty
import TestSupport
import Testing

extension TrainingFolderTests {
  @Test(
    "A file that no training wrote is not replaced, but with --force",
    arguments: ["words.tsv", "training.jsonl", "novelty.index", "loss.png", "words.safetensors"])
  func foreignFiles(name: String) throws {
    try FileManager.default.createDirectory(at: directory.file("model"), withIntermediateDirectories: false)
    let mine = Data("{\"mine\": 1}\n{\"mine\": 2}\n".utf8)
    try mine.write(to: directory.file("model/\(name)"))
    expectFailure(
      try hiss(train + ["--steps", "4"]), code: SystemExit.cannotCreate,
      saying: "model/\(name): this file is there already, no training of Hiss wrote it")
    #expect(try bytes("model/\(name)") == mine)
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.file("model").path) == [name])

    expectSuccess(try hiss(train + ["--steps", "4", "--force"]))
    let left = exists("model/\(name)") ? try bytes("model/\(name)") : nil
    #expect(left != mine)
    // The training's own files are no obstacle to it, but one that somebody has put into their place is.
    expectSuccess(try hiss(train + ["--steps", "6"]))
    guard name != "loss.png" else { return }
    let checkpoint = try bytes("model/checkpoint.safetensors")
    try mine.write(to: directory.file("model/\(name)"))
    expectFailure(
      try hiss(train + ["--steps", "8"]), code: SystemExit.cannotCreate, saying: "model/\(name): this file is there")
    #expect(try bytes("model/\(name)") == mine && bytes("model/checkpoint.safetensors") == checkpoint)
    expectSuccess(try hiss(train + ["--steps", "8", "--force"]))
    #expect(try bytes("model/checkpoint.safetensors") != checkpoint)
  }

  @Test("A glossary that is there is kept, and has to be one; a link that leads nowhere is there too")
  func ownGlossary() throws {
    try FileManager.default.createDirectory(at: directory.file("model"), withIntermediateDirectories: false)
    try Data("no glossary".utf8).write(to: directory.file("model/glossary.tsv"))
    expectFailure(try hiss(train + ["--steps", "4"]), code: SystemExit.badData, saying: "glossary.tsv: line 1")
    let mine = Data("buzz\tlow tone\n".utf8)
    try mine.write(to: directory.file("model/glossary.tsv"))
    expectSuccess(try hiss(train + ["--steps", "4"]))
    #expect(try bytes("model/glossary.tsv") == mine)
    try FileManager.default.createDirectory(at: directory.file("linked"), withIntermediateDirectories: false)
    try FileManager.default.createSymbolicLink(
      at: directory.file("linked/words.tsv"), withDestinationURL: directory.file("nowhere.tsv"))
    let linked = train.map { $0 == "model" ? "linked" : $0 }
    expectFailure(try hiss(linked + ["--steps", "4"]), code: SystemExit.cannotCreate, saying: "linked/words.tsv")
  }

  @Test("Another patience is said, and sizes that a model to begin with decides")
  func patienceAndSizes() throws {
    expectSuccess(try hiss(train + ["--steps", "4", "--patience", "3"]))
    let other = try hiss(train + ["--steps", "6"])
    expectSuccess(other)
    #expect(other.errorLines.contains("note: --patience is 5 from now on; in the last run it was 3"), "\(other.errors)")
    let same = try hiss(train + ["--steps", "8"])
    #expect(!same.errors.contains("--patience"), "\(same.errors)")
    let from = [
      "train", "samples", "--output", "second", "--cache", "cache", "--from", "model", "--width", "128", "--depth", "1",
      "--steps", "4", "--batch-size", "4",
    ]
    let begun = try hiss(from)
    expectSuccess(begun)
    #expect(
      begun.errorLines.filter { $0.contains("is not used") } == [
        "note: --width 128 is not used: model, which the training begins with, has --width 64"
      ], "\(begun.errors)")
  }
}
