import Audio
import Foundation
import Pictures
import Synthesis
import TestSupport
import Testing

@Suite("Clips from a model", .enabled(if: TextEncoder.isPresent))
struct GenerateTests {
  private func directory() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    return directory
  }

  @Test func samplesAreExactlyAsAskedFor() throws {
    let directory = try directory()
    let run = try directory.hiss(
      "generate", "warm pad", "--model", "model", "--seed", "5", "--duration", "1.2345", "--steps", "2", "--picture")
    expectSuccess(run)
    #expect(run.outputLines == [directory.file("out/warm-pad_01.wav").path])
    #expect(run.errors.contains("expect noise"))
    let clip = try AudioFile.read(directory.file("out/warm-pad_01.wav"))
    #expect(clip.sampleRate == 44100 && clip.channels.count == 1)
    #expect(clip.frameCount == 54441)  // 1.2345 s · 44100 Hz, rounded
    #expect(clip.samples.contains { abs($0) > 1e-3 })
    #expect(try Picture(contentsOf: directory.file("out/warm-pad_01.png")).width > 640)
    let tags = try AudioFile.tags(of: directory.file("out/warm-pad_01.wav"))
    #expect(tags.title == "warm pad")
    let read = try #require(ClipTags(tags))
    #expect(read.model == "model" && read.request.seed == 5 && read.request.duration == 1.2345)
  }

  @Test func aSeedGivesTheSameBytesOnAnyNumberOfThreads() throws {
    let directory = try directory()
    for threads in ["1", "2", "3"] {
      let run = try directory.hiss(
        "generate", "warm pad", "--model", "model", "--seed", "9", "--count", "2", "--duration", "0.5", "--steps", "3",
        "--threads", threads, "-o", "threads-\(threads)")
      expectSuccess(run)
      #expect(run.outputLines.count == 2)
      #expect(run.errors.contains(", seed 9 to 10"))
    }
    for name in ["warm-pad_01.wav", "warm-pad_02.wav"] {
      let clips = try (1...3).map { try Data(contentsOf: directory.file("threads-\($0)/\(name)")) }
      #expect(clips[0] == clips[1] && clips[0] == clips[2])
    }
    let first = try AudioFile.read(directory.file("threads-1/warm-pad_01.wav"))
    #expect(try first != AudioFile.read(directory.file("threads-1/warm-pad_02.wav")))
  }

  @Test func namesThatTheModelKnowsByOthersAreSaid() throws {
    let directory = try directory()
    try Data("fife\tflute piccolo\n".utf8).write(to: directory.file("model/glossary.tsv"))
    let arguments = [
      "--model", "model", "--seed", "1", "--duration", "0.2", "--steps", "1", "--negative-prompt", "fifes",
    ]
    let run = try HissProcess.run(["generate", "two fifes"] + arguments, in: directory.url)
    expectSuccess(run)
    #expect(run.errorLines.filter { $0 == #"note: model takes "fife" for: flute piccolo"# }.count == 2)
    try Data("fife\n".utf8).write(to: directory.file("model/glossary.tsv"))
    let broken = try HissProcess.run(["generate", "two fifes"] + arguments, in: directory.url)
    #expect(broken.exitCode != 0 && broken.errors.contains("glossary.tsv: line 1 is not a name, a tab and a meaning"))
  }

  @Test("A loudness is reached in a clip, a batch and a morph, or it is said that a peak forbids it")
  func loudness() throws {
    let directory = try directory()
    let common = ["--model", "model", "--duration", "1", "--steps", "2"]
    try Data(#"{"id":"a","prompt":"pad","lufs":-40,"seed":1,"duration":1,"steps":2}"#.utf8)
      .write(to: directory.file("jobs.jsonl"))
    expectSuccess(
      try HissProcess.run(
        ["generate", "pad", "--seed", "1", "--lufs", "-40", "-o", "a.wav"] + common, in: directory.url))
    expectSuccess(try directory.hiss("batch", "jobs.jsonl", "-o", "clips", "--model", "model"))
    expectSuccess(
      try HissProcess.run(
        ["morph", "pad", "bell", "--seed", "1", "--lufs", "-40", "--count", "3", "-o", "way"] + common,
        in: directory.url))
    for file in ["a.wav", "clips/a.wav", "way/morph-1.wav", "way/morph-2.wav"] {
      let loudness = try AudioFile.read(directory.file(file)).loudness
      #expect(abs(loudness.integrated + 40) < 0.05, "\(file)")
    }
    #expect(try directory.hiss("inspect", "a.wav").output.contains("lufs                -40.0"))
    let loud = try HissProcess.run(
      ["generate", "pad", "--seed", "1", "--lufs", "0", "-o", "b.wav"] + common, in: directory.url)
    #expect(loud.errors.contains("LU below 0 LUFS: its true peak is at -1 dBTP"))
    #expect(try AudioFile.read(directory.file("b.wav")).loudness.truePeak < -0.95)
    let wrong = try directory.hiss("generate", "pad", "--lufs", "3", "--model", "model")
    #expect(wrong.exitCode == 64 && wrong.errors.contains("a loudness of 3.0 LUFS is not between -60 and 0"))
  }

  @Test func clipsAreReplacedOnlyByThemselves() throws {
    let directory = try directory()
    let common = ["generate", "pad", "--model", "model", "--seed", "1", "--duration", "0.2"]
    for steps in ["1", "2", "1", "2"] {
      expectSuccess(try HissProcess.run(common + ["--steps", steps], in: directory.url))
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: directory.file("out").path).sorted() == [
        "pad_01.wav", "pad_02.wav",
      ])
  }

  @Test(
    "Any prompt makes a safe file name",
    arguments: [
      ("../../etc/passwd", "etc-passwd_01.wav"), ("a/b\nc\tü", "a-b-c-ü_01.wav"), ("日本語の琴", "日本語の琴_01.wav"),
      ("🎹🎹", "clip_01.wav"),
      (String(repeating: "very long prompt ", count: 700), nil), ("CON: <a|b>?*", "con-a-b_01.wav"), ("--- pad", nil),
    ])
  func names(prompt: String, name: String?) throws {
    let directory = try directory()
    let run = try directory.hiss(
      "generate", "--prompt=\(prompt)", "--model", "model", "--seed", "1", "--duration", "0.1", "--steps", "1")
    expectSuccess(run)
    let files = try FileManager.default.contentsOfDirectory(atPath: directory.file("out").path)
    #expect(files.count == 1)
    let made = try #require(files.first)
    #expect(made.wholeMatch(of: /[\p{L}\p{N}][\p{L}\p{N}-]{0,70}_01\.wav/) != nil, "\(made)")
    if let name { #expect(made == name) }
    #expect(try directory.contents() == ["model", "out"])
  }

  @Test func jsonReportAndStandardInput() throws {
    let directory = try directory()
    let run = try directory.hiss(
      "generate", "-", "--model", "model", "--count", "2", "--seed", "3", "--duration", "0.3", "--steps", "1",
      "--sampler", "heun", "--json", "-o", "set/drums.flac", "--sample-rate", "22050", input: "rock drums\n")
    expectSuccess(run)
    struct Report: Decodable {
      var files: [String]
      var requests: [GenerationRequest]
      var model: String
    }
    let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
    #expect(report.model == "model")
    #expect(report.requests.map(\.prompt) == ["rock drums", "rock drums"])
    #expect(report.files.map { URL(filePath: $0).lastPathComponent } == ["drums-3.flac", "drums-4.flac"])
    for file in report.files {
      let clip = try AudioFile.read(URL(filePath: file))
      #expect(clip.sampleRate == 22050 && clip.frameCount == 6615)
    }
    expectFailure(try directory.hiss("generate", "-", "--model", "model"), code: SystemExit.usage, saying: "empty")
  }

  @Test func aDiskThatFillsUpLeavesNothing() throws {
    let directory = try directory()
    let run = try directory.hiss(
      "generate", "pad", "--model", "model", "--seed", "1", "--duration", "0.5", "--steps", "1", limits: "-f 8")
    #expect(run.exitCode == SystemExit.cannotCreate)
    #expect(run.errorLines.last?.contains("pad_01.wav: cannot be written") == true)
    #expect(try directory.contents() == ["model"])
  }
}
