import Foundation
import Synthesis
import TestSupport
import Testing

/// The bundled model, which has a list of its words.
@Suite("What is said of words", .enabled(if: TextEncoder.isPresent))
struct WordTests {
  private struct Explanation: Decodable {
    var prompt: String
    var understood: String?
    var negativePrompt: String
    var notes: [PromptUnderstanding.Note]
    var confidence: Double
  }

  private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  private static let model = repository.appending(path: "Models/first").path

  private func lines(_ name: String) throws -> [[String]] {
    try String(contentsOf: Self.repository.appending(path: "scripts/words/\(name)"), encoding: .utf8)
      .split(separator: "\n").filter { !$0.hasPrefix("#") }.map { $0.split(separator: "\t").map(String.init) }
  }

  private func explain(_ prompts: [String], in directory: TemporaryDirectory) throws -> [Explanation] {
    let run = try directory.hiss(
      "words", "--model", Self.model, "--explain", "-", "--json", input: prompts.joined(separator: "\n"))
    expectSuccess(run)
    return try run.outputLines.map { try JSONDecoder().decode(Explanation.self, from: Data($0.utf8)) }
  }

  @Test("Of 60 prompts that were held out at least 90 % are told rightly to be known or foreign")
  func heldOut() throws {
    let rows = try lines("held-out.tsv")
    #expect(rows.count == 60 && rows.filter { $0[0] == "known" }.count == 30)
    let found = try explain(rows.map { $0[1] }, in: TemporaryDirectory())
    let right = zip(rows, found).filter { ($1.confidence >= 0.5) == ($0[0] == "known") }.count
    #expect(right >= 54, "\(right)")
  }

  @Test("What makes no sense to the model is named")
  func told() throws {
    let rows = try lines("told.tsv")
    for (row, found) in zip(rows, try explain(rows.map { $0[0] }, in: TemporaryDirectory())) {
      let unknown = found.notes.filter { $0.kind == .unknown }.map(\.words)
      #expect(unknown.contains { $0.contains(row[1]) }, "\(row[0]): \(found.notes)")
    }
  }

  @Test("What a model knows is listed by group")
  func list() throws {
    let directory = try TemporaryDirectory()
    let run = try directory.hiss("words", "--model", Self.model)
    expectSuccess(run)
    for title in ["instruments:", "drums:", "drum styles:", "styles:", "moods:", "dynamics:", "articulations:"] {
      #expect(run.outputLines.contains(title), "\(title)")
    }
    #expect(run.outputLines.contains { $0.hasPrefix("  violin: ") && $0.contains("solo violin") })
    let some = try directory.hiss("words", "marim", "--model", Self.model, "--json")
    #expect(some.output.contains("\"marimba\"") && !some.output.contains("violin"))
    expectFailure(
      try directory.hiss("words", "xyzzy", "--model", Self.model), code: SystemExit.badData, saying: "xyzzy")
  }

  @Test("A model without a list says so, and works as before; nobody can be strict with it")
  func withoutList() throws {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    expectFailure(try directory.hiss("words", "--model", "model"), code: SystemExit.noInput, saying: "words.tsv")
    let arguments = [
      "generate", "laser zap", "--model", "model", "--duration", "0.2", "--steps", "1", "--novelty", "0",
    ]
    let run = try HissProcess.run(arguments, in: directory.url)
    expectSuccess(run)
    #expect(run.errors.contains("has no list of its words"))
    let strict = try HissProcess.run(arguments + ["--strict"], in: directory.url)
    #expect(strict.exitCode == SystemExit.noInput && strict.errors.contains("words.tsv") && strict.output.isEmpty)
  }

  @Test("Words that were not learned are said before a clip is made, and refused where somebody is strict")
  func generate() throws {
    let directory = try TemporaryDirectory()
    let arguments = [
      "generate", "laser zap", "--model", Self.model, "--duration", "0.3", "--steps", "1", "--novelty", "0", "--seed",
      "1",
    ]
    let run = try HissProcess.run(arguments + ["--json"], in: directory.url)
    expectSuccess(run)
    #expect(run.errors.contains("note: nothing like \"laser zap\" was learned; nearest: "))
    #expect(run.output.contains("\"kind\" : \"unknown\"") && run.output.contains("\"confidence\""))
    let strict = try HissProcess.run(arguments + ["--strict", "-o", "strict"], in: directory.url)
    expectFailure(strict, code: SystemExit.badData, saying: "laser zap")
    #expect(!FileManager.default.fileExists(atPath: directory.file("strict").path))
    let known = try HissProcess.run(
      ["generate", "sad violin melody"] + arguments.dropFirst(2) + ["--strict"], in: directory.url)
    expectSuccess(known)
    #expect(!known.errors.contains("note:") && !known.errors.contains("warning: first"))
  }

  @Test("A batch says each thing once, keeps it in its ledger, and can be strict")
  func batch() throws {
    let directory = try TemporaryDirectory()
    let rest = #""duration": 0.3, "steps": 1}"#
    try Data(
      """
      {"id": "a", "prompt": "laser zap", \(rest)
      {"id": "b", "prompt": "laser zap", "seed": 2, \(rest)
      {"id": "c", "prompt": "sad violin melody", \(rest)

      """.utf8
    ).write(to: directory.file("jobs.jsonl"))
    let arguments = ["batch", "jobs.jsonl", "--model", Self.model, "--novelty", "0", "--output"]
    let strict = try HissProcess.run(arguments + ["strict", "--strict"], in: directory.url)
    #expect(strict.exitCode == SystemExit.badData && strict.errors.contains("laser zap"), "\(strict.errors)")
    #expect(!FileManager.default.fileExists(atPath: directory.file("strict/c.wav").path))
    let run = try HissProcess.run(arguments + ["clips"], in: directory.url)
    expectSuccess(run)
    #expect(run.errorLines.filter { $0.contains("nothing like \"laser zap\"") }.count == 1)
    let ledger = try String(contentsOf: directory.file("clips/ledger.jsonl"), encoding: .utf8)
      .split(separator: "\n")
    #expect(ledger.filter { $0.contains("\"words\"") }.count == 2)
    #expect(ledger.allSatisfy { $0.contains("\"confidence\"") })
  }

  @Test("Another language is said, its file keeps its letters, and it replays when the table has changed")
  func languages() throws {
    let directory = try TemporaryDirectory()
    let run = try directory.hiss(
      "generate", "忧伤的钢琴旋律，a小调", "--model", Self.model, "--duration", "0.3", "--steps", "1", "--novelty", "0",
      "--seed", "1")
    expectSuccess(run)
    #expect(run.errors.contains("translated (Chinese): sad piano melody, A minor"))
    let file = directory.file("out/忧伤的钢琴旋律-a小调_Am_01.wav").path
    #expect(run.outputLines == [file])
    let shown = try directory.hiss("inspect", file)
    #expect(shown.output.contains("忧伤的钢琴旋律，a小调") && shown.output.contains("sad piano melody"))
    try Data("zh\t钢琴\tdrums\tdrum\n".utf8).write(to: directory.file("other.tsv"))
    let replay = try directory.hiss(
      "replay", file, "--model", Self.model, environment: ["HISS_LANGUAGES": directory.file("other.tsv").path])
    expectSuccess(replay)
    #expect(replay.errors.contains("the same bytes as"))
    let plain = try directory.hiss(
      "generate", "sad piano melody, A minor", "--model", Self.model, "--duration", "0.3", "--steps", "1", "--novelty",
      "0", "--seed", "1")
    #expect(try samples(plain.outputLines[0]) == samples(file))
  }

  private func samples(_ path: String) throws -> Data {
    // Tags differ; the samples are what stands in the data chunk.
    let data = try Data(contentsOf: URL(filePath: path))
    let start = try #require(data.range(of: Data("data".utf8)))
    return data[start.upperBound..<min(data.endIndex, start.upperBound + 30_000)]
  }

  @Test("What is excluded is said, kept as the negative prompt, and replays")
  func excluded() throws {
    let directory = try TemporaryDirectory()
    let run = try directory.hiss(
      "generate", "no drums, just bass", "--model", Self.model, "--duration", "0.3", "--steps", "2", "--novelty", "0",
      "--seed", "1")
    expectSuccess(run)
    #expect(run.errors.contains("as the negative prompt: drums"))
    let shown = try directory.hiss("inspect", run.outputLines[0]).output
    #expect(shown.contains("negative-prompt     drums") && shown.contains("understood          bass"))
    #expect(shown.contains("prompt              no drums, just bass"))
    let replay = try directory.hiss("replay", run.outputLines[0], "--model", Self.model)
    #expect(replay.errors.contains("the same bytes as"), "\(replay.errors)")
  }
}
