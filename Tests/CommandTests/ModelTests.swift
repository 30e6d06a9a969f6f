import Foundation
import TestSupport
import Testing

@Suite("Models that cannot be used")
struct ModelTests {
  /// What is done to a sound model, and the words of the line that follows.
  enum Damage: String, CaseIterable {
    case unknown, mangledConfiguration, futureFormat, impossibleSizes, otherSizes, truncatedWeights, noWeights
    case garbageWeights

    func apply(to model: URL) throws {
      let (config, weights) = (model.appending(path: "config.json"), model.appending(path: "model.safetensors"))
      func edit(_ field: String, _ value: String) throws {
        let text = try String(contentsOf: config, encoding: .utf8)
        let pattern = try Regex("\"\(field)\" *: *[0-9]+")
        try Data(text.replacing(pattern, with: "\"\(field)\" : \(value)").utf8).write(to: config)
      }
      switch self {
      case .unknown: try FileManager.default.removeItem(at: model)
      case .mangledConfiguration: try Data("{\"format\": 1,".utf8).write(to: config)
      case .futureFormat: try edit("format", "3")
      case .impossibleSizes: try edit("headCount", "3")
      case .otherSizes: try edit("depth", "200")
      case .truncatedWeights: try Data(contentsOf: weights).dropLast(1000).write(to: weights)
      case .noWeights: try FileManager.default.removeItem(at: weights)
      case .garbageWeights: try Data(repeating: 7, count: 5000).write(to: weights)
      }
    }

    var code: Int32 { self == .unknown || self == .noWeights ? SystemExit.noInput : SystemExit.badData }

    var words: String {
      switch self {
      case .unknown: "`hiss models` lists"
      case .mangledConfiguration: "config.json: it is not a model's configuration"
      case .futureFormat: "config.json: its format is 3"
      case .impossibleSizes: "config.json: width 32 does not divide into 3 heads"
      case .otherSizes: "model.safetensors: the tensor blocks.1."
      case .truncatedWeights: "model.safetensors: holds"
      case .noWeights: "model.safetensors: no such file"
      case .garbageWeights: "model.safetensors: "
      }
    }
  }

  @Test("end in one line and leave nothing", arguments: Damage.allCases)
  func damaged(damage: Damage) throws {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    try damage.apply(to: directory.file("model"))
    let before = try directory.contents()
    let run = try directory.hiss("generate", "pad", "--model", "model")
    expectFailure(run, code: damage.code, saying: damage.words)
    #expect(try directory.contents() == before)
  }

  @Test func missingTextEncoder() throws {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    let explicit = try directory.hiss("generate", "pad", "--model", "model", "--text-encoder", "nowhere")
    expectFailure(explicit, code: SystemExit.noInput, saying: "run scripts/setup")
    let named = try directory.hiss(
      "generate", "pad", "--model", "model", environment: ["HISS_TEXT_ENCODER": "/nowhere"])
    expectFailure(named, code: SystemExit.noInput, saying: "/nowhere")
    try Data("{}".utf8).write(to: directory.file("config.json"))
    try Data("x".utf8).write(to: directory.file("model.safetensors"))
    let broken = try directory.hiss("generate", "pad", "--model", "model", "--text-encoder", ".")
    expectFailure(broken, code: SystemExit.badData, saying: "config.json")
    #expect(try directory.contents() == ["config.json", "model", "model.safetensors"])
  }

  @Test func listing() throws {
    let directory = try TemporaryDirectory()
    for name in ["alpha", "beta"] { try SmallModel.write(to: directory.file("library/\(name)")) }
    try Damage.mangledConfiguration.apply(to: directory.file("library/beta"))
    let environment = ["HISS_MODELS": directory.file("library").path]
    let list = try directory.hiss("models", environment: environment)
    expectSuccess(list)
    #expect(list.outputLines.contains { $0.hasPrefix("alpha: ") && $0.contains("M parameters") })
    #expect(list.errors.contains("library/beta/config.json"))
    let json = try directory.hiss("models", "--json", environment: environment)
    let models = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(models["alpha"] != nil && models["beta"] == nil)
  }

  @Test("A model whose weights are missing or cut short is told, and not listed")
  func listingWithoutWeights() throws {
    let directory = try TemporaryDirectory()
    for name in ["alpha", "beta", "gamma"] { try SmallModel.write(to: directory.file("library/\(name)")) }
    try Damage.noWeights.apply(to: directory.file("library/beta"))
    try Damage.truncatedWeights.apply(to: directory.file("library/gamma"))
    let list = try directory.hiss("models", environment: ["HISS_MODELS": directory.file("library").path])
    expectSuccess(list)
    #expect(list.outputLines.contains { $0.hasPrefix("alpha: ") })
    #expect(!list.output.contains("beta: ") && !list.output.contains("gamma: "))
    #expect(list.errors.contains("library/beta/model.safetensors: no such file"))
    #expect(list.errors.contains("library/gamma/model.safetensors: holds"))
  }

  @Test("That there is no model says where it was looked for")
  func places() throws {
    let directory = try TemporaryDirectory()
    let run = try directory.hiss("generate", "pad", "--model", "none", environment: ["HISS_MODELS": "/nowhere"])
    expectFailure(run, code: SystemExit.noInput, saying: "nor in /nowhere, ")
  }

  /// `name`, found through PATH and from another folder, finds what lies beside the program and not beside its caller.
  @Test("An installed program is found through PATH, and finds its models and its text encoder")
  func installed() throws {
    let directory = try TemporaryDirectory()
    let (bin, share) = (directory.file("usr/bin"), directory.file("usr/share/hiss"))
    for folder in [bin, directory.file("elsewhere")] {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }
    try FileManager.default.copyItem(at: HissProcess.program, to: bin.appending(path: "hiss"))
    try SmallModel.write(to: share.appending(path: "Models/installed"))
    func run(_ arguments: String) throws -> HissProcess {
      try HissProcess.run(
        ["-c", "PATH=\(bin.path):$PATH; hiss \(arguments)"], in: directory.file("elsewhere"),
        environment: ["HISS_TEXT_ENCODER": ""],
        program: URL(filePath: "/bin/sh"))
    }
    let list = try run("models")
    expectSuccess(list)
    #expect(list.outputLines.contains { $0.hasPrefix("installed: ") })
    // An encoder that is not one: that it is found is what counts.
    let encoder = share.appending(path: "text-encoder/all-MiniLM-L6-v2")
    try FileManager.default.createDirectory(at: encoder, withIntermediateDirectories: true)
    try Data("x".utf8).write(to: encoder.appending(path: "model.safetensors"))
    let generate = try run("generate pad --model installed")
    #expect(generate.errors.contains("usr/share/hiss/text-encoder/all-MiniLM-L6-v2"), "\(generate.errors)")
  }
}
