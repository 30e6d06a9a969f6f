import Audio
import Foundation
import Synthesis
import Tensors
import TestSupport
import Testing

@Suite("Voices, from a folder of samples to clips", .enabled(if: TextEncoder.isPresent))
struct VoiceTests {
  private let directory: TemporaryDirectory
  private static let quick = ["--duration", "0.3", "--steps", "2", "--vocoder-iterations", "2", "--seed", "3"]

  /// A model that has learned nothing, one that was trained from it for a moment, and the voice of that one.
  init() throws {
    directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("Models/small"))
    try FileManager.default.createDirectory(at: directory.file("samples"), withIntermediateDirectories: false)
    for (name, seconds) in [("low tone", 1.0), ("short tone", 0.3), ("long tone", 1.5)] {
      try directory.tone("samples/\(name).wav", seconds: seconds)
    }
    let train = [
      "train", "samples", "--output", "Models/trained", "--from", "small", "--cache", "cache", "--batch-size", "4",
      "--steps", "6", "--learning-rate", "1e-2",
    ]
    expectSuccess(try HissProcess.run(train, in: directory.url))
    expectSuccess(try directory.hiss("voice", "trained", "--output", "Models/mine"))
  }

  private func generate(_ arguments: String...) throws -> HissProcess {
    try HissProcess.run(["generate", "low tone"] + arguments + Self.quick, in: directory.url)
  }

  private func data(_ path: String) throws -> Data { try Data(contentsOf: directory.file(path)) }

  @Test("It is small, says what it keeps, is listed, and is nothing that is written over unasked")
  func making() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: directory.file("Models/mine").path)
    #expect(
      names.sorted()
        == [
          "config.json", "glossary.tsv", "lengths.tsv", "novelty.index", "voice.safetensors", "words.safetensors",
          "words.tsv",
        ].filter { $0 != "glossary.tsv" })
    let configuration = try ModelBundle.configuration(in: directory.file("Models/mine"))
    #expect(configuration.base?.name == "small" && configuration.training?.dataset == "samples")
    let trained = try ModelBundle.configuration(in: directory.file("Models/trained"))
    #expect(try trained.originHash == ModelBundle.weightsHash(of: directory.file("Models/small")))
    let list = try directory.hiss("models")
    #expect(list.outputLines.contains { $0.hasPrefix("mine: a voice of small (") }, "\(list.output)")

    expectFailure(
      try directory.hiss("voice", "trained", "--output", "Models/mine"), code: SystemExit.cannotCreate,
      saying: "there already")
    let small = try directory.hiss("voice", "trained", "--output", "Models/mine", "--size", "0.05", "--force")
    expectSuccess(small)
    #expect(small.outputLines == [directory.file("Models/mine").path])
    #expect(small.errors.contains("mine is a voice of small: 0.0") && small.errors.contains(" % of what was changed"))
    #expect(try data("Models/mine/voice.safetensors").count <= 50_000)
    expectFailure(
      try directory.hiss("voice", "trained", "--output", "Models/small", "--force"), code: SystemExit.cannotCreate,
      saying: "holds a model")
    expectFailure(
      try directory.hiss("voice", "small", "--output", "x"), code: SystemExit.badData,
      saying: "not trained from another")
    expectFailure(
      try directory.hiss("voice", "mine", "--output", "x"), code: SystemExit.badData, saying: "voice already")
    expectFailure(
      try directory.hiss("voice", "trained", "--output", "x", "--size", "0.001"), code: SystemExit.badData,
      saying: "--size")
    #expect(!FileManager.default.fileExists(atPath: directory.file("x").path))
  }

  @Test("Clips with it are made again, whatever it and its base are called by then")
  func replaying() throws {
    let made = try generate("--model", "small", "--voice", "mine:0.7", "-o", "a.wav", "--json")
    expectSuccess(made)
    #expect(made.output.contains("\"small+mine:0.7\""), "\(made.output)")
    #expect(try directory.hiss("inspect", "a.wav").output.contains("small+mine:0.7 ("))
    func expectSame(_ output: String) throws {
      let replay = try directory.hiss("replay", "a.wav", "-o", output)
      #expect(replay.exitCode == 0 && replay.errors.contains("the same bytes as a.wav"), "\(replay.errors)")
      #expect(try data(output) == data("a.wav"))
    }
    try expectSame("b.wav")
    let models = directory.file("Models")
    for (old, new) in [("mine", "his"), ("small", "tiny")] {
      try FileManager.default.moveItem(at: models.appending(path: old), to: models.appending(path: new))
    }
    try expectSame("c.wav")
    let named = try generate("--model", "tiny+his:0.7", "-o", "d.wav")
    expectSuccess(named)
    #expect(try AudioFile.read(directory.file("d.wav")) == AudioFile.read(directory.file("a.wav")))
    try FileManager.default.removeItem(at: models.appending(path: "his"))
    let gone = try directory.hiss("replay", "a.wav", "-o", "e.wav")
    #expect(gone.exitCode == SystemExit.noInput && gone.errors.contains("not here: small+mine:0.7"), "\(gone.errors)")
  }

  @Test("Weight 0 is the base to the byte, 1 the voice's own folder; the sound is near the trained model's")
  func weights() throws {
    expectSuccess(try generate("--model", "small", "-o", "base.wav"))
    for (index, arguments) in [["small", "mine:0"], ["small", "mine"], ["mine"], ["trained"], ["mine", "mine:0"]]
      .enumerated()
    {
      var options = ["--model", arguments[0], "--novelty", "0", "-o", "\(index).wav"]
      if arguments.count > 1 { options += ["--voice", arguments[1]] }
      expectSuccess(try HissProcess.run(["generate", "low tone"] + options + Self.quick, in: directory.url))
    }
    #expect(try data("0.wav") == data("base.wav"))
    #expect(try data("1.wav") == data("2.wav") && data("4.wav") == data("2.wav"))
    #expect(try data("1.wav") != data("base.wav"))
    let (voice, trained) = try (AudioFile.read(directory.file("1.wav")), AudioFile.read(directory.file("3.wav")))
    #expect(voice.frameCount == trained.frameCount)
  }

  @Test("Ideas, morphs and batches take voices, and words know those of both")
  func commands() throws {
    let voice = ["--model", "small", "--voice", "mine:0.5", "--steps", "1", "--vocoder-iterations", "2"]
    expectSuccess(
      try HissProcess.run(["idea", "sad", "--bars", "1", "--seed", "1", "--name", "idea"] + voice, in: directory.url))
    expectSuccess(
      try HissProcess.run(
        ["morph", "low tone", "long tone", "--count", "2", "--duration", "0.3"] + voice, in: directory.url))
    let morph = try directory.hiss("morph", "out/morph-1.wav", "out/morph-2.wav", "--count", "2", "-o", "again")
    expectSuccess(morph)
    #expect(!morph.errors.contains("another model"), "\(morph.errors)")
    let job = #"{"id":"a","prompt":"low tone","duration":0.3,"steps":1,"seed":5}"#
    _ = try directory.write(Array(job.utf8), as: "jobs.jsonl")
    let batch = ["batch", "jobs.jsonl", "--model", "small", "--voice", "mine:0.5", "-o", "clips", "--novelty", "0"]
    expectSuccess(try HissProcess.run(batch, in: directory.url))
    let again = try HissProcess.run(batch, in: directory.url)
    #expect(again.exitCode == 0 && again.errors.contains("1 were there"), "\(again.errors)")
    for clip in ["out/idea.wav", "out/morph-1.wav", "clips/a.wav"] {
      #expect(try directory.hiss("inspect", clip).output.contains("small+mine:0.5 ("))
    }
    // The base has no list of its words, so nobody says what both know.
    expectFailure(try directory.hiss("words", "--model", "mine"), code: SystemExit.noInput, saying: "words.tsv")
  }

  @Test("What cannot be added is said in a line")
  func refusals() throws {
    func expect(_ code: Int32, _ words: String, _ arguments: String...) throws {
      expectFailure(
        try HissProcess.run(["generate", "pad"] + arguments + Self.quick, in: directory.url), code: code, saying: words)
    }
    try expect(SystemExit.badData, "difference from small", "--model", "trained", "--voice", "mine")
    try expect(SystemExit.badData, "of this name already", "--model", "small", "--voice", "mine", "--voice", "mine:0.5")
    try expect(SystemExit.badData, "no voice", "--model", "small", "--voice", "trained")
    try expect(SystemExit.noInput, "nowhere", "--model", "small", "--voice", "nowhere")
    try expect(SystemExit.noInput, "nowhere", "--model", "small+nowhere")
    try expect(SystemExit.noInput, "no+where", "--model", "no+where")
    try expect(SystemExit.usage, "between 0 and 2", "--model", "small", "--voice", "mine:3")
    try expect(SystemExit.usage, "between 0 and 2", "--model", "small", "--voice", "mine:nan")
    let file = directory.file("Models/mine/voice.safetensors")
    let whole = try Data(contentsOf: file)
    for count in [0, 7, 100, whole.count - 1] {
      try whole.prefix(count).write(to: file)
      try expect(SystemExit.badData, "voice.safetensors", "--model", "mine")
    }
    let wild = [(name: "final.output.bias", tensor: Tensor([3], [.nan, 0, 0]))]
    try Safetensors.write(wild, to: file)
    try expect(SystemExit.badData, "voice.safetensors: the tensor final.output.bias has shape [3]", "--model", "mine")
    try FileManager.default.removeItem(at: file)
    try expect(SystemExit.noInput, "voice.safetensors: no such file", "--model", "mine")
    // The others are listed all the same.
    let list = try directory.hiss("models")
    #expect(list.exitCode == 0 && list.output.contains("small: ") && list.errors.contains("mine/voice.safetensors"))
    try FileManager.default.removeItem(at: directory.file("Models/small"))
    try whole.write(to: file)
    try expect(SystemExit.noInput, "is not here: small", "--model", "mine")
  }
}
