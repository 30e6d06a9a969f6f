import Foundation
import TestSupport
import Testing

/// How prompts are heard and told, with the bundled model.
@Suite("What is said of prompts", .enabled(if: TextEncoder.isPresent))
struct PromptTests {
  private static let model = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "Models/first").path
  private static let quick = ["--model", model, "--duration", "0.3", "--steps", "1", "--novelty", "0", "--seed", "1"]

  private func generate(_ arguments: String..., in directory: TemporaryDirectory) throws -> HissProcess {
    let run = try HissProcess.run(["generate"] + arguments + Self.quick, in: directory.url)
    expectSuccess(run)
    return run
  }

  @Test("Chords and keys of prompts in other languages are heard, and keys of options too")
  func languages() throws {
    let directory = try TemporaryDirectory()
    let chords = try generate("钢琴 Am F C G 120 bpm", in: directory)
    #expect(chords.errors.contains("translated (Chinese): piano 120 bpm Am F C G"))
    #expect(chords.errors.contains("understood: 120 bpm, chords Am F C G"), "\(chords.errors)")
    let key = try generate("piano", "--key", "H-Moll", in: directory)
    #expect(try directory.hiss("inspect", key.outputLines[0]).output.contains("B minor"))
  }

  @Test("A negative prompt is translated and told; what an option says otherwise is told, in JSON too")
  func told() throws {
    let directory = try TemporaryDirectory()
    let run = try generate("piano, 120 bpm", "--bpm", "200", "--negative-prompt", "鼓", "--json", in: directory)
    for line in [
      "--negative-prompt translated (Chinese): drums", "--bpm 200 is taken, not the prompt's 120 bpm",
    ] {
      #expect(run.errors.contains(line) && run.output.contains(line), "\(line): \(run.errors)")
    }
    #expect(!run.errors.contains("understood: 120 bpm"))
    let unknown = try generate("piano", "--negative-prompt", "汽车", in: directory)
    #expect(unknown.errors.contains("\"汽车\" of --negative-prompt is not understood"), "\(unknown.errors)")
    let degrees = try HissProcess.run(
      ["generate", "piano", "--chords", "I-V-vi-IV"] + Self.quick, in: directory.url)
    #expect(degrees.exitCode != 0 && degrees.errors.contains("there is no key"), "\(degrees.errors)")
  }

  @Test("A clip that is made again with another prompt is read anew")
  func replay() throws {
    let directory = try TemporaryDirectory()
    let run = try generate("piano in A minor, 120 bpm, no drums", in: directory)
    let again = try directory.hiss(
      "replay", run.outputLines[0], "--model", Self.model, "--set", "prompt=flute, 90 bpm, no choir")
    expectSuccess(again)
    #expect(again.errors.contains("what the former prompt said goes with it: 120 bpm, A minor, no drums"))
    #expect(again.errors.contains("understood: 90 bpm") && again.errors.contains("as the negative prompt: choir"))
    let shown = try directory.hiss("inspect", again.outputLines[0]).output
    #expect(
      shown.contains("bpm                 90.0") && !shown.contains("A minor"), "\(shown)")
    #expect(shown.contains("negative-prompt     choir\n"))
    let tempo = try directory.hiss("replay", run.outputLines[0], "--model", Self.model, "--set", "bpm=200")
    expectSuccess(tempo)
    #expect(tempo.errors.contains("bpm 200 is taken, not the prompt's 120 bpm"))
  }

  @Test("A batch says once what it translated, left out and did not take, of which jobs, and in JSON")
  func batch() throws {
    let directory = try TemporaryDirectory()
    let rest = #""duration": 0.3, "steps": 1"#
    try Data(
      """
      {"id": "a", "prompt": "忧伤的钢琴，不要鼓", \(rest)}
      {"id": "b", "prompt": "忧伤的钢琴，不要鼓", "seed": 2, \(rest)}
      {"id": "c", "prompt": "laser zap, 120 bpm", "bpm": 200, \(rest)}
      {"id": "d", "prompt": "laser zap", \(rest)}

      """.utf8
    ).write(to: directory.file("jobs.jsonl"))
    let run = try HissProcess.run(
      ["batch", "jobs.jsonl", "--model", Self.model, "--novelty", "0", "--json", "-o", "clips"], in: directory.url)
    expectSuccess(run)
    let lines = run.errorLines
    #expect(
      lines.filter { $0.contains("translated (Chinese): sad piano, no drums") } == [
        "note: jobs.jsonl:1: translated (Chinese): sad piano, no drums (a, b)"
      ], "\(lines)")
    #expect(lines.filter { $0.contains("as the negative prompt: drums") && $0.contains("(a, b)") }.count == 1)
    #expect(lines.filter { $0.contains("bpm 200 is taken, not the prompt's 120 bpm") }.count == 1)
    #expect(lines.contains { $0.hasPrefix("note: c, d: nothing like \"laser zap\"") }, "\(lines)")
    let result = try JSONDecoder().decode(BatchResult.self, from: Data(run.output.utf8))
    #expect(result.made == 4 && result.failures.isEmpty)
    let zap = try #require(result.notes.first { $0.text.contains("laser zap") })
    #expect(zap.jobs == ["c", "d"] && zap.count == 2)
    #expect(result.notes.contains { $0.text.contains("translated") && $0.jobs == ["a", "b"] })
  }

  private struct BatchResult: Decodable {
    struct Note: Decodable {
      var text: String
      var jobs: [String]
      var count: Int
    }
    struct Failure: Decodable {}
    var made: Int
    var failures: [Failure]
    var notes: [Note]
  }
}
