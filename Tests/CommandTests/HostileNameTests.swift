import Audio
import Foundation
import Synthesis
import TestSupport
import Testing

@Suite("Names and texts that would command a terminal")
struct HostileNameTests {
  private static let clear = "\u{1B}[2J\u{1B}]0;title\u{7}"
  private static let signs: [UnicodeScalar] = ["\u{1B}", "\u{7}", "\u{9B}", "\u{202E}", "\u{0}", "\u{7F}"]

  private func expectPlain(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(!text.unicodeScalars.contains(where: Self.signs.contains), "\(text)", sourceLocation: sourceLocation)
  }

  @Test(
    "are shown escaped, in one line",
    arguments: [
      ["inspect"], ["replay"], ["vocode", "in.wav"], ["spectrogram", "in.wav"], ["sheet"], ["models", "--model"],
      ["train", "--output", "model"], ["evaluate"], ["batch", "--output", "clips"], ["generate", "--sampler"],
      ["generate", "pad", "--midi"], ["generate", "pad", "--model"], ["generate", "pad", "--chords"],
      ["bench", "--compare"],
      ["generate", "pad", "--text-encoder"], ["corpus", "-o", "corpus", "--soundfont"],
    ])
  func arguments(command: [String]) throws {
    let directory = try TemporaryDirectory()
    try directory.tone("in.wav", seconds: 0.1)
    let run = try HissProcess.run(command + ["x\(Self.clear)\u{9B}31m\u{202E}\ny"], in: directory.url)
    #expect(run.exitCode > 0 && run.errorLines.count >= 1)
    expectPlain(run.errors)
    #expect(run.errorLines.allSatisfy { $0.unicodeScalars.count <= 620 })
  }

  @Test func tags() throws {
    let directory = try TemporaryDirectory()
    var request = GenerationRequest(prompt: "pad \(Self.clear)\u{9B}31m", duration: 1, seed: 1)
    request.negativePrompt = "\u{202E}drums"
    let tags = ClipTags(
      hiss: "0.1.0\u{1B}c", model: "m\(Self.clear)", modelHash: "x", sampleRate: 44100, request: request)
    let clip = AudioClip(mono: [0, 0.1, 0], sampleRate: 44100)
    try AudioFile.write(clip, to: directory.file("a.wav"), tags: tags.audioTags)
    for options in [[], ["--json"]] {
      let run = try HissProcess.run(["inspect", "a.wav"] + options, in: directory.url)
      expectPlain(run.output + run.errors)
      #expect(run.exitCode != 0 || run.output.contains("drums"))
    }
    let replay = try directory.hiss("replay", "a.wav")
    expectPlain(replay.errors)
  }

  /// Swift would make another name of it, and hiss write to a file that nobody named.
  @Test func anArgumentThatIsNoTextIsRefused() throws {
    let directory = try TemporaryDirectory()
    try directory.tone("in.wav", seconds: 0.1)
    let script = #""$0" vocode in.wav $'out\xff.wav'"#
    let run = try HissProcess.run(
      ["-c", script, HissProcess.program.path], in: directory.url, program: URL(filePath: "/bin/bash"))
    expectFailure(run, code: SystemExit.usage, saying: "argument 3, out\u{FFFD}.wav, is not UTF-8")
    #expect(try directory.contents() == ["in.wav"])
  }

  @Test func messagesHaveAnEnd() throws {
    let directory = try TemporaryDirectory()
    let run = try directory.hiss("generate", "pad", "--model", "m/" + String(repeating: "long ", count: 20_000))
    #expect(run.exitCode != 0 && run.errorLines.count == 1)
    #expect(run.errors.unicodeScalars.count <= 620 && run.errors.contains("…"))
  }

  @Test("A glossary's and a weight's names too", .enabled(if: TextEncoder.isPresent)) func modelFiles() throws {
    let directory = try TemporaryDirectory()
    let model = directory.file("model")
    try SmallModel.write(to: model)
    let meaning = Self.clear + String(repeating: "flute ", count: 200_000)
    try Data("fife\t\(meaning)\n".utf8).write(to: model.appending(path: "glossary.tsv"))
    let run = try directory.hiss("generate", "fife", "--model", "model", "--duration", "0.1", "--steps", "1")
    expectPlain(run.errors)
    #expect(run.errorLines.allSatisfy { $0.unicodeScalars.count <= 620 }, "\(run.errors.count)")
    try FileManager.default.removeItem(at: model.appending(path: "glossary.tsv"))
    let name = String(repeating: "x", count: 500_000) + "\\u001b[2J"
    let header = #"{"\#(name)":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#
    let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
    try (length + Data(header.utf8) + Data(count: 4)).write(to: model.appending(path: "model.safetensors"))
    let weights = try directory.hiss("generate", "pad", "--model", "model")
    #expect(
      weights.exitCode == SystemExit.badData && weights.errors.unicodeScalars.count < 1300, "\(weights.errors.count)")
    expectPlain(weights.errors)
  }
}
