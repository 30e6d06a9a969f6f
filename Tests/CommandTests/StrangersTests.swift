import Audio
import Denoising
import Foundation
import Synthesis
import Tensors
import TestSupport
import Testing

/// Models, clips and folders from anyone, as the program meets them.
@Suite("Strangers' files", .enabled(if: TextEncoder.isPresent))
struct StrangersTests {
  let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("Models/small"))
  }

  /// A clip of the small model, and its tags as JSON.
  func clip() throws -> (url: URL, tags: [String: Any]) {
    let run = try directory.hiss(
      "generate", "pad", "--model", "small", "--duration", "0.3", "--steps", "1", "--seed", "1", "-o", "clip.wav")
    expectSuccess(run)
    let json = try directory.hiss("inspect", "clip.wav", "--json").output
    let tags = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    return (directory.file("clip.wav"), try #require(tags))
  }

  /// Writes a clip with other tags.
  func write(_ tags: [String: Any], _ name: String) throws {
    let json = String(decoding: try JSONSerialization.data(withJSONObject: tags), as: UTF8.self)
    let sound = AudioClip(mono: [Float](repeating: 0.1, count: 4410), sampleRate: 44_100)
    try AudioFile.write(sound, to: directory.file(name), tags: AudioTags(comment: json))
  }

  @Test("One field of config.json that no model can have hides no other model")
  func models() throws {
    let fields = [
      ("sampleRate", "80"), ("sampleRate", "40000000"), ("fftLength", "17179869184"),
      ("bandCount", "9223372036854775807"), ("hopLength", "1"), ("warpHertz", "1e300"),
    ]
    for (index, (field, value)) in fields.enumerated() {
      let folder = directory.file("Models/evil-\(index)")
      try SmallModel.write(to: folder)
      let config = folder.appending(path: "config.json")
      var text = try String(contentsOf: config, encoding: .utf8)
      let pattern = try Regex("\"\(field)\" *: *[-0-9.e]+")
      text = text.replacing(pattern, with: "\"\(field)\" : \(value)")
      try Data(text.utf8).write(to: config)
      let run = try directory.hiss("generate", "pad", "--model", "evil-\(index)")
      expectFailure(run, code: SystemExit.badData, saying: "\(field) is ")
    }
    let list = try directory.hiss("models")
    expectSuccess(list)
    #expect(list.outputLines.contains { $0.hasPrefix("small: ") } && !list.output.contains("evil"))
    #expect(list.errorLines.count == fields.count)
  }

  @Test("What no training can have been hides no other model; a library may be a link")
  func trainings() throws {
    let fields = [
      ("hours", "1e308"), ("clipCount", "-1"), ("steps", "-9000000000000000000"), ("clipsSeen", "-1"), ("hours", "-1"),
    ]
    for (index, (field, value)) in fields.enumerated() {
      let folder = directory.file("Models/evil-\(index)")
      try SmallModel.write(to: folder)
      let config = folder.appending(path: "config.json")
      let text = try String(contentsOf: config, encoding: .utf8)
      let changed = text.replacing("\"\(field)\" : 0", with: "\"\(field)\" : \(value)")
      #expect(changed != text)
      try Data(changed.utf8).write(to: config)
      expectFailure(
        try directory.hiss("generate", "pad", "--model", "evil-\(index)"), code: SystemExit.badData,
        saying: "\(field) is ")
    }
    try FileManager.default.moveItem(at: directory.file("Models"), to: directory.file("elsewhere"))
    try FileManager.default.createSymbolicLink(
      at: directory.file("Models"), withDestinationURL: directory.file("elsewhere"))
    let list = try directory.hiss("models")
    expectSuccess(list)
    #expect(list.outputLines.contains { $0.hasPrefix("small: ") } && !list.output.contains("evil"), "\(list.output)")
    #expect(list.errorLines.count == fields.count && list.errorLines.allSatisfy { $0.count < 300 })
  }

  @Test("A model whose weights overflow makes no clip")
  func overflow() throws {
    let bundle = try ModelBundle(reading: directory.file("Models/small"))
    for parameter in bundle.denoiser.parameters {
      parameter.value = Tensor(parameter.value.shape, repeating: 65_504)
    }
    try ModelBundle(
      directory: directory.file("Models/loud"), configuration: bundle.configuration, denoiser: bundle.denoiser
    ).write()
    let run = try directory.hiss("generate", "pad", "--model", "loud", "--duration", "0.5", "-o", "loud.wav")
    #expect(
      run.exitCode == SystemExit.badData && run.errors.contains("the model loud makes no numbers"), "\(run.errors)")
    #expect(!FileManager.default.fileExists(atPath: directory.file("loud.wav").path))
  }

  @Test("Another processor, as DNNL_MAX_CPU_ISA makes one, is told where bytes differ")
  func processors() throws {
    guard Precision.instructionSet.hasPrefix("avx512") else { return }
    _ = try clip()
    #expect(try directory.hiss("inspect", "clip.wav").output.contains("processor           avx512"))
    let older = ["DNNL_MAX_CPU_ISA": "AVX2", "ONEDNN_MAX_CPU_ISA": "AVX2"]
    let replay = try directory.hiss("replay", "clip.wav", "-o", "again.wav", environment: older)
    expectSuccess(replay)
    #expect(replay.errors.contains("another kind of processor (avx512"), "\(replay.errors)")
    let job = #"{"id":"a","prompt":"pad","duration":0.3,"steps":1}"#
    try Data(job.utf8).write(to: directory.file("jobs.jsonl"))
    let arguments = ["batch", "jobs.jsonl", "--model", "small", "-o", "clips", "--verify"]
    expectSuccess(try HissProcess.run(arguments, in: directory.url))
    #expect(try String(contentsOf: directory.file("clips/ledger.jsonl"), encoding: .utf8).contains("\"processor\":"))
    let again = try HissProcess.run(arguments, in: directory.url, environment: older)
    #expect(again.exitCode == 0 && again.errors.contains("1 clips were made with another kind of processor"))
  }

  @Test("What oneDNN would say on stdout does not break JSON")
  func verbose() throws {
    let run = try directory.hiss(
      "generate", "pad", "--model", "small", "--duration", "0.3", "--steps", "1", "--json",
      environment: ["DNNL_VERBOSE": "2", "ONEDNN_VERBOSE": "2", "DNNL_JIT_DUMP": "1"])
    expectSuccess(run)
    #expect(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) is [String: Any])
    #expect(try directory.contents() == ["Models", "out"])
  }

  /// A folder that was unpacked holds a model and an encoder of the usual names.
  @Test("Folders here do not come before what was installed")
  func namesakes() throws {
    let installed = ["HISS_MODELS": directory.file("Models").path]
    let work = directory.file("unpacked")
    try SmallModel.write(to: work.appending(path: "small"), controlCount: 0)
    func run(_ model: String) throws -> HissProcess {
      try HissProcess.run(
        [
          "generate", "pad", "--model", model, "--duration", "0.3", "--steps", "1", "--seed", "1", "-o",
          "x-\(model.count).wav",
        ],
        in: work, environment: installed)
    }
    let named = try run("small")
    expectSuccess(named)
    #expect(
      named.errors.contains("note: the model small is \(directory.file("Models/small").path); "), "\(named.errors)")
    let path = try run("./small")
    expectSuccess(path)
    #expect(!path.errors.contains("another one of that name"))
    let hashes = try ["Models/small", "unpacked/small"].map { try ModelBundle.hash(of: directory.file($0)) }
    let made = try ["x-5.wav", "x-7.wav"].map { ClipTags(try AudioFile.tags(of: work.appending(path: $0)))?.modelHash }
    #expect(made == hashes)
  }

  /// From what the program itself needs to what the clip needs: whatever there is no memory for, it is one line.
  @Test(
    "Where memory is short it is said in one line",
    arguments: [180, 220, 260, 300, 320, 340, 360, 380, 400, 420, 440, 460, 500])
  func memory(megabytes: Int) throws {
    let run = try directory.hiss(
      "generate", "pad", "--model", "small", "--duration", "20", "--threads", "2", "-o", "x.wav",
      limits: "-v \(megabytes * 1024)")
    if run.exitCode == 0 { return }
    #expect(run.exitCode == 71, "\(run.errors)")
    #expect(run.errorLines.last?.hasPrefix("hiss: ") == true && run.errorLines.last?.contains("memory") == true)
    // Besides it only that the small model has learned nothing, and knows no words.
    #expect(
      run.errorLines.dropLast().allSatisfy {
        $0.hasPrefix("warning: this model has learned") || $0.contains("no list of its words")
      }, "\(run.errors)")
  }
}
