import Denoising
import Foundation
import Layers
import Spectra
import Synthesis
import Tensors
import Testing
import Text

@Suite("Model bundle")
struct ModelBundleTests {
  let model: SmallModel
  var folder: URL { model.bundle.directory }
  var configuration: URL { folder.appendingPathComponent("config.json") }
  var weights: URL { folder.appendingPathComponent("model.safetensors") }

  init() throws {
    model = try SmallModel()
    try model.bundle.write()
  }

  @Test("What is written is read back: the configuration, and the weights to half precision")
  func roundTrip() throws {
    var written = SmallModel.configuration
    written.training = TrainingRecord(
      dataset: "tones", clipCount: 3, steps: 7, clipsSeen: 21, hours: 0.25, heldOutLoss: 0.125)
    try ModelBundle(directory: folder, configuration: written, denoiser: model.bundle.denoiser).write()
    let read = try ModelBundle(reading: folder)
    #expect(read.configuration == written && read.name == "tiny" && read.directory == folder)
    for (parameter, original) in zip(read.denoiser.parameters, model.bundle.denoiser.parameters) {
      #expect(parameter.name == original.name && parameter.value.shape == original.value.shape)
      #expect(parameter.value.values == original.value.values.map { Float(Float16($0)) })
    }
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == ["config.json", "model.safetensors"])
    // Written again, it is the same, byte for byte.
    let before = try [configuration, weights].map { try Data(contentsOf: $0) }
    try read.write()
    #expect(try [configuration, weights].map { try Data(contentsOf: $0) } == before)
  }

  @Test("A glossary belongs to the model, if it has one")
  func glossary() throws {
    #expect(try ModelBundle(reading: folder).glossary == nil)
    let before = try ModelBundle.hash(of: folder)
    let url = folder.appendingPathComponent("glossary.tsv")
    try Data("fife\tflute\n".utf8).write(to: url)
    #expect(try ModelBundle(reading: folder).glossary == Glossary(lines: "fife\tflute"))
    #expect(try ModelBundle.hash(of: folder) != before)
    try Data("fife\n".utf8).write(to: url)
    try expect(.unreadable(path: url.path, reason: "line 1 is not a name, a tab and a meaning"), at: folder)
  }

  @Test("A folder without a model")
  func missing() throws {
    let nowhere = model.folder.appendingPathComponent("nowhere")
    try expect(.missing(path: nowhere.path), at: nowhere)
    try FileManager.default.removeItem(at: configuration)
    try expect(.missing(path: folder.path), at: folder)
  }

  @Test("A configuration that makes no model")
  func configurations() throws {
    func expect(_ reason: String, _ change: (inout ModelConfiguration) -> Void) throws {
      var changed = SmallModel.configuration
      change(&changed)
      try JSONEncoder().encode(changed).write(to: configuration)
      try self.expect(.unreadable(path: configuration.path, reason: reason), at: folder)
    }
    try expect("its format is 1, this version reads 2") { $0.format = 1 }
    try expect("depth is 0, not within 1 … 256") { $0.denoiser.depth = 0 }
    try expect("width 32 does not divide into 3 heads of a multiple of 32") { $0.denoiser.headCount = 3 }
    try expect("its scale is not a positive number") { $0.scale.deviation = 0 }
    try expect("its scale is not a positive number") { $0.scale.deviation = -1 }
    try expect("the mel and the network differ in their number of bands") { $0.mel.bandCount = 13 }
    try expect("hopLength is 0, wants 8…128 (half of fftLength)") { $0.mel.hopLength = 0 }
    let nothing = "it is not a model's configuration"
    let texts = [
      "": nothing, "{": nothing, "[]": nothing, "{}": nothing + ": it has no format",
      "{\"format\": 1}": nothing + ": it has no mel",
    ]
    for (text, reason) in texts {
      try text.write(to: configuration, atomically: true, encoding: .utf8)
      try self.expect(.unreadable(path: configuration.path, reason: reason), at: folder)
    }
  }

  @Test("Weights that are missing or cut short")
  func brokenWeights() throws {
    let whole = try Data(contentsOf: weights)
    for count in [0, 5, 200, whole.count / 2, whole.count - 1] {
      try whole.prefix(count).write(to: weights)
      let error = #expect(throws: ModelError.self) { try ModelBundle(reading: folder) }
      guard case .weights(.file) = error else {
        Issue.record("\(error as Any)")
        continue
      }
      expectOneLine(error, naming: weights)
    }
    try FileManager.default.removeItem(at: weights)
    try expect(.weights(.file(.missing(path: weights.path))), at: folder)
  }

  @Test("Weights of another network")
  func otherWeights() throws {
    var deeper = SmallModel.sizes
    deeper.depth = 3
    try write(SmallModel.randomNetwork(deeper).weights())
    try expect(.weights(.unknown(path: weights.path, name: "blocks.2.attention.qkv.weight")), at: folder)
    var shallower = SmallModel.sizes
    shallower.depth = 1
    try write(SmallModel.randomNetwork(shallower).weights())
    try expect(.weights(.missing(path: weights.path, name: "blocks.1.attention.qkv.weight")), at: folder)
    var wider = SmallModel.sizes
    wider.width = 64
    try write(SmallModel.randomNetwork(wider).weights())
    try expect(
      .weights(.shape(path: weights.path, name: "input.widen.weight", expected: [32, 16], found: [64, 16])), at: folder)
  }

  @Test("Weights that are not numbers", arguments: [Float.nan, .infinity])
  func notFinite(value: Float) throws {
    var tensors = model.bundle.denoiser.weights()
    let place = try #require(tensors.firstIndex { $0.name == "final.output.weight" })
    tensors[place].tensor[flat: 17] = value
    try write(tensors)
    try expect(.weights(.notFinite(path: weights.path, name: "final.output.weight")), at: folder)
  }

  @Test("A folder that cannot be made is told")
  func cannotWrite() throws {
    let below = configuration.appendingPathComponent("model")
    let bundle = ModelBundle(
      directory: below, configuration: SmallModel.configuration, denoiser: model.bundle.denoiser)
    let error = #expect(throws: ModelError.self) { try bundle.write() }
    guard case .cannotWrite(let path, _) = error else {
      Issue.record("\(error as Any)")
      return
    }
    #expect(path == below.path)
  }

  @Test("A model is found by its path, and none where there is none")
  func library() throws {
    #expect(try ModelLibrary.locate(folder.path).standardizedFileURL.path == folder.standardizedFileURL.path)
    let name = "no-such-model-\(UUID().uuidString)"
    #expect(throws: ModelError.missing(path: name)) { try ModelLibrary.locate(name) }
  }

  /// The name stands in a clip's tags, which anyone may have written.
  @Test("A name in tags is a name, and no path to elsewhere")
  func namesInTags() throws {
    let hash = try ModelBundle.hash(of: folder)
    for name in [folder.path, "../\(folder.lastPathComponent)", "", ".", "..", "/etc", "a\0b"] {
      #expect(throws: ModelError.missing(path: name)) { try ModelLibrary.locate(name, hash: hash) }
    }
  }

  func write(_ tensors: [(name: String, tensor: Tensor)]) throws {
    try Safetensors.write(tensors, to: weights)
  }

  func expect(_ expected: ModelError, at folder: URL, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let error = #expect(throws: ModelError.self, sourceLocation: sourceLocation) { try ModelBundle(reading: folder) }
    #expect(error == expected, sourceLocation: sourceLocation)
    expectOneLine(error, naming: folder, sourceLocation: sourceLocation)
  }

  func expectOneLine(
    _ error: ModelError?, naming url: URL, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let line = error?.description ?? "\n"
    #expect(line.hasPrefix(url.path) && !line.contains("\n"), sourceLocation: sourceLocation)
  }
}
