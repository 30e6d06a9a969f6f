import Denoising
import Foundation
import Layers
import Synthesis
import Tensors
import Testing

/// What no voice can be made of, and what cannot be added.
extension ModelSourceTests {
  @Test("Models that have no voice")
  func refusals() throws {
    func expect(_ error: VoiceError, _ name: String, sourceLocation: SourceLocation = #_sourceLocation) {
      #expect(throws: error, sourceLocation: sourceLocation) { _ = try VoiceExtraction(of: folder(name)) }
      #expect(!error.description.contains("\n"))
    }
    expect(.noOrigin(path: base.path), "tiny")
    try train("lost", seed: 1) { $0.origin = "nowhere" }
    expect(.originMissing(path: folder("lost").path, origin: "nowhere"), "lost")
    try train("outside", seed: 1) { $0.origin = "../tiny" }
    expect(.originMissing(path: folder("outside").path, origin: "../tiny"), "outside")
    try train("changed", seed: 1) { $0.originHash = "0123456789abcdef" }
    expect(.otherOrigin(path: folder("changed").path, origin: "tiny", found: base.path), "changed")
    try train("wider", seed: 1) { $0.denoiser.refinementWidth = 64 }
    expect(.otherNetwork(path: folder("wider").path, base: base.path, part: "network"), "wider")
    try train("louder", seed: 1) { $0.scale.mean = 0.25 }
    expect(.otherNetwork(path: folder("louder").path, base: base.path, part: "scale"), "louder")
    try train("same", seed: 1, size: 0)
    #expect(throws: VoiceError.unchanged(path: folder("same").path, base: base.path)) {
      _ = try extract("same", as: "x")
    }
    _ = try extract("trained", as: "mine")
    expect(.isVoice(path: folder("mine").path), "mine")
    #expect(throws: VoiceError.holdsModel(path: folder("trained").path)) { _ = try extract("trained", as: "trained") }
    #expect(throws: ModelError.self) { _ = try extract("trained", as: "a+b") }
    // Of a version that did not note it, the model of that name is taken.
    try train("older", seed: 1) { $0.originHash = nil }
    #expect(try VoiceExtraction(of: folder("older")).base.path == base.path)
  }

  @Test("Voices that cannot be added")
  func voices() throws {
    let mine = try extract("trained", as: "mine")
    let plain = try ModelSource(folder: base)
    let twice = folder("elsewhere/mine")
    try FileManager.default.createDirectory(at: folder("elsewhere"), withIntermediateDirectories: false)
    try FileManager.default.copyItem(at: mine.folder, to: twice)
    #expect(throws: ModelError.self) { _ = try plain.adding([mine, .init(folder: twice, weight: 1)]) }
    #expect(throws: ModelError.noVoice(path: base.path)) { _ = try ModelSource.Voice(folder: base, weight: 1) }
    for weight in [-0.1, 2.1, .nan, .infinity] {
      #expect(throws: ModelError.self) { _ = try ModelSource.Voice(folder: mine.folder, weight: weight) }
    }
    let other = try ModelSource(folder: folder("trained"))
    let wanted = ModelError.otherBase(
      path: mine.folder.path, base: "tiny", weights: mine.base.weights, model: other.base.path)
    #expect(throws: wanted) { _ = try other.adding([mine]) }
    // Its base has other weights now, and then is no more.
    try model.bundle.denoiser.parameters[0].value.add(
      Tensor(model.bundle.denoiser.parameters[0].value.shape, repeating: 1))
    try model.bundle.write()
    let changed = ModelError.otherBase(
      path: mine.folder.path, base: "tiny", weights: mine.base.weights, model: base.path)
    #expect(throws: changed) { _ = try ModelSource(folder: mine.folder) }
    try FileManager.default.removeItem(at: base)
    let missing = ModelError.baseMissing(path: mine.folder.path, base: "tiny", weights: mine.base.weights)
    #expect(throws: missing) { _ = try ModelSource(folder: mine.folder) }
  }

  @Test("A configuration that names no base, and weights beyond all numbers")
  func strangers() throws {
    let mine = try extract("trained", as: "mine")
    let config = folder("mine/config.json")
    let text = try String(contentsOf: config, encoding: .utf8)
    for (field, value) in [
      ("name", "../tiny"), ("name", ""), ("name", "a\\u0007"), ("weights", "12"), ("weights", "xyz"),
    ] {
      let pattern = try Regex("\"\(field)\" : \"[^\"]*\"")
      try Data(text.replacing(pattern, with: "\"\(field)\" : \"\(value)\"").utf8).write(to: config)
      let error = #expect(throws: ModelError.self) { _ = try ModelSource(folder: mine.folder) }
      #expect(error?.description.contains("\n") == false && error?.description.hasPrefix(config.path) == true)
    }
    try Data(text.replacing("\"depth\" : 2", with: "\"depth\" : 1").utf8).write(to: config)
    #expect(throws: ModelError.self) { _ = try ModelSource(folder: mine.folder) }
    try Data(text.utf8).write(to: config)
    let url = folder("mine/voice.safetensors")
    let name = "final.output.weight"
    let shape = try #require(model.bundle.denoiser.parameters.first { $0.name == name }?.value.shape)
    let huge = (0..<2).map { Tensor($0 == 0 ? [shape[0], 1] : [1, shape[1]], repeating: 3e38) }
    let scales = (name: name + ".scales", tensor: Tensor([1], [1]))
    try Safetensors.write(
      [(name: name + ".left", tensor: huge[0]), (name: name + ".right", tensor: huge[1]), scales], to: url)
    #expect(throws: ModelError.weights(.notFinite(path: url.path, name: name))) {
      _ = try ModelBundle(reading: mine.folder)
    }
    try FileManager.default.removeItem(at: url)
    #expect(throws: ModelError.weights(.file(.missing(path: url.path)))) { _ = try ModelBundle(reading: mine.folder) }
  }
}
