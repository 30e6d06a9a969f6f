import Foundation
import TestSupport
import Testing

@Suite("Arguments that make no sense")
struct UsageTests {
  /// Arguments, and what the line must speak of.
  static let mistakes: [(arguments: [String], words: String)] = [
    (["generate"], "prompt"),
    (["generate", ""], "prompt is empty"),
    (["generate", " \n\t "], "prompt is empty"),
    (["generate", "pad", "--prompt", "pad"], "two prompts"),
    (["generate", "pad", "--duration", "0"], "0.1"),
    (["generate", "pad", "--duration", "-3"], "-3"),
    (["generate", "pad", "--duration", "nan"], "nan"),
    (["generate", "pad", "--duration", "inf"], "inf"),
    (["generate", "pad", "--duration", "1e9"], "120"),
    (["generate", "pad", "--duration", "long"], "long"),
    (["generate", "pad", "--duration"], "--duration"),
    (["generate", "pad", "--steps", "0"], "steps"),
    (["generate", "pad", "--steps", "-8"], "-8"),
    (["generate", "pad", "--steps", "99999999999999999999"], "--steps"),
    (["generate", "pad", "--cfg-scale", "nan"], "nan"),
    (["generate", "pad", "--cfg-scale", "-1"], "-1"),
    (["generate", "pad", "--count", "0"], "--count"),
    (["generate", "pad", "--seed", "-1"], "--seed"),
    (["generate", "pad", "--threads", "0"], "--threads"),
    (["generate", "pad", "--sample-rate", "1"], "--sample-rate"),
    (["generate", "pad", "--sampler", "magic"], "'dpm++2m'"),
    (["generate", "pad", "--frobnicate"], "--frobnicate"),
    (["generate", "pad", "--chords", "Am Xyz"], "Xyz"),
    (["generate", "pad", "--bpm", "1000"], "1000"),
    (["generate", "pad", "--key", "H minor"], "H minor"),
    (["generate", "pad", "--note", "X9"], "X9"),
    (["generate", "pad", "--note", "C4", "--chords", "Am F"], "exclude"),
    (["generate", "pad", "--bars", "4"], "--bpm"),
    (["generate", "pad", "--bars", "4", "--bpm", "120", "--duration", "3"], "--bars"),
    (["generate", "pad", "--bpm", "90", "--time-signature", "4/5"], "4/5"),
    (["generate", "pad", "--follow-what", "mood"], "mood"),
    (["generate", "pad", "--inpaint-start", "1"], "--inpaint-end"),
    (["generate", "pad", "--inpaint-start", "1", "--inpaint-end", "2"], "--init-audio"),
    (["generate", "pad", "--init-audio", "a.wav", "--continue-from", "b.wav"], "exclude"),
    (["generate", "pad", "and", "more"], "and"),
    (["idea"], "prompt"),
    (["idea", " "], "prompt is empty"),
    (["idea", "lofi", "--key", "H minor"], "H minor"),
    (["idea", "lofi", "--count", "-2"], "--count"),
    (["idea", "lofi", "--bars", "0"], "0 bars"),
    (["idea", "lofi", "--bars", "64", "--bpm", "40"], "duration"),
    (["idea", "lofi", "--bpm", "1000"], "1000"),
    (["idea", "lofi", "--time-signature", "7/8"], "7/8"),
    (["idea", "lofi", "--duration", "4"], "--bars"),
    (["morph"], "from"),
    (["morph", "pad"], "to"),
    (["morph", "pad", "piano", "--count", "1"], "--count 1"),
    (["morph", "pad", "piano", "--prompt", "organ"], "--prompt"),
    (["vocode"], "input"),
    (["vocode", "in.wav"], "output"),
    (["vocode", "in.wav", "out.wav", "--iterations", "-1"], "--iterations"),
    (["spectrogram", "in.wav"], "output"),
    (["train", "samples"], "--output"),
    (["train", "samples", "--output", "model", "--steps", "0"], "--steps"),
    (["train", "samples", "--output", "model", "--steps", "5", "--minutes", "5"], "--minutes"),
    (["train", "samples", "--output", "model", "--minutes", "nan"], "--minutes"),
    (["train", "samples", "--output", "model", "--batch-size", "0"], "--batch-size"),
    (["train", "samples", "--output", "model", "--learning-rate", "-1"], "--learning-rate"),
    (["train", "samples", "--output", "model", "--width", "100"], "100"),
    (["train", "samples", "--output", "model", "--heads", "0"], "0"),
    (["corpus"], "--output"),
    (["corpus", "--output", "corpus", "--clips", "0"], "--clips"),
    (["corpus", "--output", "corpus", "--maximum-seconds", "nan"], "--maximum-seconds"),
    (["batch", "jobs.jsonl"], "--output"),
    (["batch", "jobs.jsonl", "--output", "clips", "--shard", "4/3"], "I/N"),
    (["batch", "jobs.jsonl", "--output", "clips", "--format", "ogg"], "--format"),
    (["batch", "jobs.jsonl", "--output", "clips", "--threads", "0"], "--threads"),
    (["inspect"], "files"),
    (["replay"], "file"),
    (["sheet"], "folder"),
    (["sing"], "sing"),
    (["--frobnicate"], "--frobnicate"),
  ]

  @Test("end in one line and exit code 64, and leave nothing", arguments: mistakes)
  func mistake(arguments: [String], words: String) throws {
    let directory = try TemporaryDirectory()
    let run = try HissProcess.run(arguments, in: directory.url)
    expectFailure(run, code: SystemExit.usage, saying: words)
    #expect(run.errors.contains("--help"))
    #expect(try directory.contents().isEmpty)
  }

  @Test(
    "Help teaches by example",
    arguments: [
      "generate", "idea", "morph", "batch", "inspect", "replay", "sheet", "train", "vocode", "spectrogram", "corpus",
      "models", "bench",
    ])
  func help(command: String) throws {
    let run = try HissProcess.run([command, "--help"], in: FileManager.default.temporaryDirectory)
    expectSuccess(run)
    #expect(run.output.contains("EXAMPLES"))
    #expect(run.output.contains("  hiss \(command)"))
    #expect(run.errors.isEmpty)
  }

  @Test func versionAndOverview() throws {
    let directory = try TemporaryDirectory()
    let version = try directory.hiss("--version")
    expectSuccess(version)
    #expect(version.output.contains(/^[0-9]+\.[0-9]+\.[0-9]+\n$/))
    let overview = try directory.hiss()
    expectSuccess(overview)
    for command in [
      "generate", "idea", "morph", "batch", "inspect", "replay", "sheet", "train", "vocode", "spectrogram", "corpus",
      "models", "bench",
    ] {
      #expect(overview.output.contains(command))
    }
  }
}
