import Audio
import Foundation
import Tensors
import TestSupport
import Testing

@Suite("Learning a folder, and making clips from what was learned", .enabled(if: TextEncoder.isPresent))
struct TrainTests {
  /// Three tones with captions, and the arguments of a training that takes a moment.
  private func directory() throws -> (TemporaryDirectory, [String]) {
    let directory = try TemporaryDirectory()
    let samples = directory.file("samples")
    try FileManager.default.createDirectory(at: samples, withIntermediateDirectories: false)
    for (name, seconds) in [("low tone", 1.0), ("short tone", 0.3), ("long tone", 1.5)] {
      try directory.tone("samples/\(name).wav", seconds: seconds)
      try Data(name.utf8).write(to: directory.file("samples/\(name).txt"))
    }
    return (
      directory,
      [
        "train", "samples", "--output", "model", "--cache", "cache", "--width", "64", "--depth", "1", "--heads", "2",
        "--batch-size", "4",
      ]
    )
  }

  @Test func trainThenGenerate() throws {
    let (directory, train) = try directory()
    let plan = try HissProcess.run(train + ["--steps", "4", "--plan"], in: directory.url)
    expectSuccess(plan)
    #expect(plan.errors.contains("3 clips to learn from") && plan.errors.contains("M parameters"))
    #expect(plan.errors.contains("4 steps of 4 clips, about "))
    #expect(!FileManager.default.fileExists(atPath: directory.file("model").path))

    let first = try HissProcess.run(train + ["--steps", "4"], in: directory.url)
    expectSuccess(first)
    #expect(first.output.isEmpty && first.errors.contains("the model is in model"))
    let again = try HissProcess.run(train + ["--steps", "6"], in: directory.url)
    expectSuccess(again)
    #expect(again.errors.contains("from step 4 to 6"))
    let log = try String(contentsOf: directory.file("model/training.jsonl"), encoding: .utf8)
    #expect(log.contains("\"step\":4") && log.contains("\"step\":6"))
    #expect(try modelFiles(directory).allSatisfy { !$0.hasPrefix(".") })

    // The words of its captions.
    let words = try directory.hiss("words", "--model", "model")
    expectSuccess(words)
    #expect(words.output.contains("registers:\n  low\n") && words.output.contains("  tone\n"), "\(words.output)")
    let strict = try directory.hiss("generate", "laser zap", "--model", "model", "--strict")
    #expect(strict.exitCode == SystemExit.badData && strict.errors.contains("laser zap"), "\(strict.errors)")

    let clip = try directory.hiss(
      "generate", "low tone", "--model", "model", "--duration", "1", "--output", "clip.wav", "--seed", "1")
    expectSuccess(clip)
    #expect(clip.errors.contains("warning: this model has learned for 6 steps only"))
    // How near it is to the three tones.
    #expect(clip.errors.contains(", novelty "))
    let audio = try AudioFile.read(directory.file("clip.wav"))
    #expect(audio.sampleRate == 44100 && audio.frameCount == 44100)
    #expect(audio.samples.contains { abs($0) > 1e-3 })
  }

  @Test("With --frame stereo both channels are learned and made, by what goes on and what begins with it too")
  func stereo() throws {
    let (directory, train) = try directory()
    let left = try AudioFile.read(directory.file("samples/long tone.wav")).samples
    try AudioFile.write(
      AudioClip(channels: [left, left.map { $0 / 8 }], sampleRate: 44100), to: directory.file("samples/long tone.wav"))
    expectSuccess(try HissProcess.run(train + ["--steps", "4", "--frame", "stereo"], in: directory.url))
    let configuration = try String(contentsOf: directory.file("model/config.json"), encoding: .utf8)
    #expect(configuration.contains("\"stereoBandCount\" : 12") && configuration.contains("\"bandCount\" : 220"))
    let again = try HissProcess.run(train + ["--steps", "6", "--frame", "mono"], in: directory.url)
    expectSuccess(again)
    #expect(again.errors.contains("--frame mono is not used: this training was begun with --frame stereo"))
    let next = ["train", "samples", "--output", "next", "--cache", "cache", "--batch-size", "4", "--steps", "2"]
    expectSuccess(try HissProcess.run(next + ["--from", "./model"], in: directory.url))

    for (options, count) in [([], 2), (["--mono"], 1)] {
      let made = ["generate", "tone", "--model", "./next", "--duration", "0.5", "--force", "--output", "clip.flac"]
      expectSuccess(try HissProcess.run(made + options, in: directory.url))
      let clip = try AudioFile.read(directory.file("clip.flac"))
      #expect(clip.channelCount == count && clip.frameCount == 22_050)
    }
    let replayed = try directory.hiss("replay", "clip.flac", "--output", "again.flac")
    expectSuccess(replayed)
    #expect(try AudioFile.read(directory.file("again.flac")) == AudioFile.read(directory.file("clip.flac")))
    #expect(try directory.hiss("inspect", "clip.flac").output.contains("mono                true"))
  }

  @Test func aTrainingBeginsWithAnotherModel() throws {
    let (directory, train) = try directory()
    expectSuccess(try HissProcess.run(train + ["--steps", "4"], in: directory.url))
    // A rate too small for half precision to show: what was learned is still there, in a network of the same sizes.
    _ = try directory.write(Array("fife\tflute\ntone\tbeep\n".utf8), as: "model/glossary.tsv")
    let next = ["train", "samples", "--output", "next", "--cache", "cache", "--batch-size", "4", "--steps", "2"]
    expectSuccess(
      try HissProcess.run(next + ["--from", "./model", "--learning-rate", "1e-12"], in: directory.url))
    let weights = try ["model", "next"].map { name in
      try Safetensors.read(directory.file("\(name)/model.safetensors")).tensors.mapValues(\.values)
    }
    #expect(weights[0] == weights[1])
    let configuration = try String(contentsOf: directory.file("next/config.json"), encoding: .utf8)
    #expect(configuration.contains("\"origin\" : \"model\""))
    // What the samples are captioned with needs no explanation any more.
    #expect(try String(contentsOf: directory.file("next/glossary.tsv"), encoding: .utf8) == "fife\tflute\n")

    let missing = try HissProcess.run(next + ["--output", "other", "--from", "nowhere"], in: directory.url)
    #expect(missing.exitCode == SystemExit.noInput)
    #expect(missing.errors.contains("nowhere: there is no model here"), "\(missing.errors)")
    #expect(!FileManager.default.fileExists(atPath: directory.file("other").path))
  }

  @Test func theModelDoesNotDependOnThreads() throws {
    let (directory, train) = try directory()
    expectSuccess(try HissProcess.run(train + ["--steps", "6", "--threads", "1"], in: directory.url))
    let whole = try Data(contentsOf: directory.file("model/model.safetensors"))
    try FileManager.default.removeItem(at: directory.file("model"))
    expectSuccess(try HissProcess.run(train + ["--steps", "6", "--threads", "2"], in: directory.url))
    #expect(try Data(contentsOf: directory.file("model/model.safetensors")) == whole)
  }

  @Test(
    "A signal saves before it ends the training", arguments: ["INT", "TERM"] + (HangUp.isHeard ? ["HUP"] : []))
  func signals(name: String) throws {
    let (directory, train) = try directory()
    let script = """
      "$0" "$@" --steps 1000000 2>log & pid=$!
      while kill -0 $pid 2>/dev/null && ! grep -q '^training:' log; do sleep 0.05; done
      sleep 0.5; kill -\(name) $pid; wait $pid
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    // A shell's background jobs ignore SIGINT; job control gives it back to them.
    process.arguments = ["-mc", script, HissProcess.program.path] + train
    process.currentDirectoryURL = directory.url
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationStatus == 0)
    let log = try String(contentsOf: directory.file("log"), encoding: .utf8)
    #expect(log.contains("run the same command to go on"), "\(log)")
    let files = try modelFiles(directory)
    #expect(["config.json", "model.safetensors", "checkpoint.safetensors"].allSatisfy(files.contains))
    #expect(files.allSatisfy { !$0.hasPrefix(".") })
  }

  /// What hiss says goes into a pipe that nobody reads; then the terminal's end is told twice, as a shell does.
  @Test(.enabled(if: HangUp.isHeard)) func aBrokenPipeAndASecondHangUpLoseNothing() throws {
    let (directory, train) = try directory()
    let script = """
      "$0" "$@" --steps 1000000 2> >(exec true) & pid=$!
      while kill -0 $pid 2>/dev/null && [[ ! -e model/config.json ]]; do sleep 0.05; done
      sleep 0.5; kill -HUP $pid; kill -HUP $pid; wait $pid
      """
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    process.arguments = ["-mc", script, HissProcess.program.path] + train + ["--save-every", "0.01"]
    process.currentDirectoryURL = directory.url
    try process.run()
    process.waitUntilExit()
    #expect(process.terminationReason == .exit && process.terminationStatus == 0)
    #expect(try modelFiles(directory).contains("checkpoint.safetensors"))
  }

  @Test func brokenCheckpoint() throws {
    let (directory, train) = try directory()
    expectSuccess(try HissProcess.run(train + ["--steps", "2"], in: directory.url))
    for name in ["checkpoint", "checkpoint.previous"] {
      let checkpoint = directory.file("model/\(name).safetensors")
      try Data(contentsOf: checkpoint).prefix(5000).write(to: checkpoint)
    }
    let run = try HissProcess.run(train + ["--steps", "4"], in: directory.url)
    expectFailure(run, code: SystemExit.badData, saying: "checkpoint.safetensors: ")
  }

  private func modelFiles(_ directory: TemporaryDirectory) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: directory.file("model").path)
  }
}
