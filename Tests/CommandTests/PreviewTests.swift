import Audio
import Foundation
import Synthesis
import TestSupport
import Testing

@Suite("What is heard of a training, and what it says of lengths", .enabled(if: TextEncoder.isPresent))
struct PreviewTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try FileManager.default.createDirectory(at: directory.file("samples"), withIntermediateDirectories: false)
    // Of more than ten clips some are held out, and previews made.
    for number in 1...7 {
      try directory.tone("samples/Kick \(number).wav", seconds: 0.2 + 0.02 * Double(number))
      try directory.tone("samples/Pad \(number).wav", seconds: 2.5)
    }
  }

  func train(steps: Int) throws -> HissProcess {
    try HissProcess.run(
      [
        "train", "samples", "--output", "model", "--cache", "cache", "--width", "64", "--depth", "1", "--heads", "2",
        "--batch-size", "4", "--steps", "\(steps)",
      ], in: directory.url)
  }

  @Test("Each measurement makes a clip of each category, and the model keeps how long clips are")
  func previews() throws {
    expectSuccess(try train(steps: 30))
    let previews = directory.file("model/previews")
    let rows = try String(contentsOf: previews.appendingPathComponent("previews.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
    #expect(Set(rows.compactMap { $0["category"] as? String }) == ["kick", "pad"])
    for row in rows {
      let file = try #require(row["file"] as? String)
      let clip = try AudioFile.read(previews.appendingPathComponent(file + ".wav"))
      #expect(clip.frameCount > 0)
    }
    let page = try String(contentsOf: previews.appendingPathComponent("index.html"), encoding: .utf8)
    #expect(page.contains("<th>kick</th>") && page.contains("<th>pad</th>"))
    let lengths = try SoundLengths(reading: directory.file("model/lengths.tsv"))
    let kick = try #require(lengths.length(of: "a kick", seed: 0))
    #expect(kick.diesAway && (0.2...0.36).contains(kick.seconds))
    let pad = try #require(lengths.length(of: "pad", seed: 0))
    #expect(!pad.diesAway && abs(pad.seconds - 2.5) < 0.05)
  }

  @Test("A folder of somebody else's previews is refused")
  func foreign() throws {
    try FileManager.default.createDirectory(
      at: directory.file("model/previews"), withIntermediateDirectories: true)
    _ = try directory.write(Array("mine".utf8), as: "model/previews/photo.png")
    let run = try train(steps: 4)
    #expect(run.exitCode == 73 && run.errorLines.last?.contains("model/previews: this file is there already") == true)
    #expect(try directory.contents().contains("model"))
  }
}
