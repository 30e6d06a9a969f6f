import Foundation
import Synthesis
import TestSupport
import Testing

@Suite("A model that learns to go in few steps, on the command line", .enabled(if: TextEncoder.isPresent))
struct DistillTests {
  private let directory: TemporaryDirectory

  /// A model that was trained for a moment, so that it knows words.
  init() throws {
    directory = try TemporaryDirectory()
    try FileManager.default.createDirectory(at: directory.file("samples"), withIntermediateDirectories: false)
    for name in ["piano", "flute", "church organ"] { try directory.tone("samples/\(name).wav", seconds: 0.5) }
    try SmallModel.write(to: directory.file("Models/small"))
    let train = [
      "train", "samples", "--output", "Models/mine", "--from", "small", "--cache", "cache", "--batch-size", "4",
      "--steps", "6",
    ]
    expectSuccess(try HissProcess.run(train, in: directory.url))
  }

  @Test("It adds a file to the model's folder, says how near it comes, and replaces nothing unasked")
  func distills() throws {
    let short = ["--steps", "60", "--clips", "12", "--batch-size", "4", "--rank", "2", "--learning-rate", "0.004"]
    let made = try HissProcess.run(["distill", "mine"] + short, in: directory.url)
    expectSuccess(made)
    #expect(made.outputLines == [directory.file("Models/mine/leaps.safetensors").path])
    #expect(made.errors.contains("two steps end"), "\(made.errors)")
    expectFailure(
      try HissProcess.run(["distill", "mine"] + short, in: directory.url), code: SystemExit.cannotCreate,
      saying: "there already")
    let file = directory.file("Models/mine/leaps.safetensors")
    let first = try Data(contentsOf: file)
    let again = try HissProcess.run(["distill", "mine", "--force", "--json"] + short, in: directory.url)
    expectSuccess(again)
    let report = try #require(JSONSerialization.jsonObject(with: Data(again.output.utf8)) as? [String: Any])
    #expect(report["file"] as? String == file.path && report["steps"] as? Int == 60)
    #expect(report["leaping"] is Double && report["plain"] is Double)
    #expect(try Data(contentsOf: file) == first, "the same for the same seed")
    let generate = ["generate", "piano", "--model", "mine", "--duration", "0.3", "--steps", "2", "--output", "a.wav"]
    expectSuccess(try HissProcess.run(generate, in: directory.url))
    // Other weights have nothing to leap with.
    let more = ["train", "samples", "--output", "Models/mine", "--cache", "cache", "--batch-size", "4", "--steps", "8"]
    expectSuccess(try HissProcess.run(more, in: directory.url))
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }

  @Test("A model without words, and numbers that cannot be, are refused in one line")
  func refusals() throws {
    expectFailure(try directory.hiss("distill", "small"), code: SystemExit.badData, saying: "words.tsv")
    expectFailure(try directory.hiss("distill", "nowhere"), code: SystemExit.noInput, saying: "nowhere")
    expectFailure(try directory.hiss("distill", "mine", "--rank", "0"), code: SystemExit.usage, saying: "--rank 0")
    expectFailure(try directory.hiss("distill", "mine", "--rank", "128"), code: SystemExit.usage, saying: "more than")
    // What comes no nearer than plain steps is not written.
    expectFailure(
      try directory.hiss("distill", "mine", "--steps", "6", "--clips", "2", "--learning-rate", "1"),
      code: SystemExit.badData, saying: "nothing is written")
    #expect(!FileManager.default.fileExists(atPath: directory.file("Models/mine/leaps.safetensors").path))
    expectFailure(
      try directory.hiss("distill", "mine", "--learning-rate", "nan"), code: SystemExit.usage, saying: "--learning-rate"
    )
  }
}
