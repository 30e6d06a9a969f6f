import Foundation
import Testing
import Training

@Suite("The folder of a training")
struct TrainingFolderTests {
  private let samples: SampleFolder
  private let url: URL

  init() throws {
    samples = try SampleFolder()
    url = samples.file("new/deep/model")
  }

  private func contents(_ url: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
  }

  @Test("One training at a time: the second is refused, and disturbs nothing")
  func isHeldByOne() throws {
    let first = try TrainingFolder(taking: url)
    try Data("being written".utf8).write(to: url.appendingPathComponent(".checkpoint.safetensors.1-2.partial"))
    #expect(throws: TrainingFolderError.taken(path: url.path)) { try TrainingFolder(taking: url) }
    #expect(try contents(url).contains(".checkpoint.safetensors.1-2.partial"))
    first.close()
    // A lock file that a killed process left is nobody's.
    try Data().write(to: url.appendingPathComponent(".training.lock"))
    try TrainingFolder(taking: url).close()
    #expect(try contents(url) == [])
  }

  @Test("Where no folder can be made it is said, not tried for ever")
  func cannotBeMade() throws {
    try FileManager.default.createSymbolicLink(
      atPath: samples.file("link").path, withDestinationPath: samples.file("nowhere").path)
    #expect(throws: (any Error).self) { try TrainingFolder(taking: samples.file("link")) }
    try samples.write("x", to: "file")
    #expect(throws: (any Error).self) { try TrainingFolder(taking: samples.file("file/model")) }
    try FileManager.default.createDirectory(at: samples.file("held/.training.lock"), withIntermediateDirectories: true)
    #expect(throws: (any Error).self) { try TrainingFolder(taking: samples.file("held")) }
  }

  @Test("A folder that was made and stays empty is removed again; one that was there stays")
  func leavesNothing() throws {
    try TrainingFolder(taking: url).close()
    #expect(!FileManager.default.fileExists(atPath: samples.file("new").path))
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try TrainingFolder(taking: url).close()
    #expect(try contents(url) == [])
    let held = try TrainingFolder(taking: url)
    try samples.write("x", to: "new/deep/model/config.json")
    held.close()
    #expect(try contents(url) == ["config.json"])
  }

  @Test("What killed writers left half written is cleared away, and nothing else")
  func leftovers() throws {
    let others = [".mine.safetensors.5.partial", ".checkpoint.safetensors", "config.json.partial"]
    let names = [
      ".checkpoint.safetensors.1-2.partial", ".checkpoint.previous.safetensors.link.partial",
      ".model.safetensors.3-4.partial", ".novelty.index.6.partial", ".config.json.partial", ".training.jsonl.partial",
      ".loss.png.partial", ".glossary.tsv.partial",
    ]
    for name in names + others { try samples.write("half", to: "new/deep/model/\(name)") }
    try TrainingFolder(taking: url).close()
    #expect(try contents(url) == others.sorted())
  }

  @Test("A model without a checkpoint is a finished one; removed, it goes with all that is its own")
  func finishedModel() throws {
    #expect(!TrainingFolder.holdsFinishedModel(url))
    let own = ["config.json", "model.safetensors", "novelty.index", "glossary.tsv", "training.jsonl", "loss.png"]
    for name in own + ["MODEL.md", "notes.txt"] { try samples.write("x", to: "new/deep/model/\(name)") }
    #expect(TrainingFolder.holdsFinishedModel(url))
    for name in ["checkpoint.safetensors", "checkpoint.previous.safetensors"] {
      try samples.write("x", to: "new/deep/model/\(name)")
      #expect(!TrainingFolder.holdsFinishedModel(url))
      try FileManager.default.removeItem(at: url.appendingPathComponent(name))
    }
    let folder = try TrainingFolder(taking: url)
    #expect(folder.removeModel() == ["MODEL.md"])
    folder.close()
    #expect(try contents(url) == ["MODEL.md", "notes.txt"])
  }
}
