import Denoising
import Foundation
import Layers
import Synthesis
import Tensors
import Testing
import Text

@Suite("A model with voices")
struct ModelSourceTests {
  let model: SmallModel
  func folder(_ name: String) -> URL { model.folder.appendingPathComponent(name) }
  var base: URL { model.bundle.directory }

  init() throws {
    model = try SmallModel()
    try model.bundle.write()
    try train("trained", seed: 5)
  }

  /// A model like the base but for small changes of every weight.
  func train(
    _ name: String, seed: UInt64, size: Float = 0.02, _ change: (inout ModelConfiguration) -> Void = { _ in }
  ) throws {
    var configuration = SmallModel.configuration
    (configuration.origin, configuration.originHash) = ("tiny", try ModelBundle.weightsHash(of: base))
    configuration.endsSounds = true
    change(&configuration)
    let network = DiffusionTransformer(configuration.denoiser, RandomSource(seed: seed))
    let known = Dictionary(model.bundle.denoiser.weights().map { ($0.name, $0.tensor) }) { first, _ in first }
    for (number, parameter) in network.parameters.enumerated() {
      guard var value = known[parameter.name], value.shape == parameter.value.shape else { continue }
      let numbers = RandomSource(seed: seed).split(UInt64(number)).normals(count: value.count)
      value.add(Tensor(value.shape, numbers), times: size)
      parameter.value = value
    }
    try ModelBundle(directory: folder(name), configuration: configuration, denoiser: network).write()
  }

  func extract(_ name: String, as voice: String, byteLimit: Int = 10_000_000) throws -> ModelSource.Voice {
    _ = try VoiceExtraction(of: folder(name)).write(to: folder(voice), byteLimit: byteLimit, threads: 1)
    return try ModelSource.Voice(folder: folder(voice), weight: 1)
  }

  private func weights(_ source: ModelSource) throws -> [Float] {
    try ModelBundle(reading: source).denoiser.parameters.flatMap(\.value.values)
  }

  private func weights(_ name: String) throws -> [Float] { try weights(ModelSource(folder: folder(name))) }

  private func greatest(_ a: [Float], _ b: [Float]) -> Float { zip(a, b).map { abs($0 - $1) }.max() ?? .infinity }

  @Test("At full rank it has the trained model's weights, to half precision")
  func fullRank() throws {
    _ = try extract("trained", as: "mine")
    let source = try ModelSource(folder: folder("mine"))
    #expect(source.base.path == base.path && source.name == "tiny+mine" && source.configuration.endsSounds == true)
    #expect(try greatest(weights(source), weights("trained")) < 1e-4)
    #expect(try greatest(weights("tiny"), weights("trained")) > 0.05)
    #expect(!FileManager.default.fileExists(atPath: folder("mine/model.safetensors").path))
  }

  @Test("Weights: 0 is the base itself, others are that much of each difference, whatever their order")
  func sums() throws {
    try train("other", seed: 6)
    let (mine, yours) = (try extract("trained", as: "mine"), try extract("other", as: "yours"))
    let plain = try ModelSource(folder: base)
    func voice(_ voice: ModelSource.Voice, _ weight: Double) throws -> ModelSource.Voice {
      try ModelSource.Voice(folder: voice.folder, weight: weight)
    }
    let none = try plain.adding([voice(mine, 0), voice(yours, 0)])
    #expect(try none == plain && none.name == "tiny" && none.hash() == ModelBundle.hash(of: base))
    let both = try plain.adding([voice(yours, 2), voice(mine, 0.7)])
    #expect(both.name == "tiny+mine:0.7+yours:2")
    #expect(try both == plain.adding([voice(mine, 0.7)]).adding([voice(yours, 2)]))
    let (zero, first, second) = (try weights("tiny"), try weights("trained"), try weights("other"))
    let expected = zero.indices.map { zero[$0] + 0.7 * (first[$0] - zero[$0]) + 2 * (second[$0] - zero[$0]) }
    #expect(try greatest(weights(both), expected) < 2e-4)
    let hashes = try [plain, plain.adding([mine]), plain.adding([voice(mine, 0.7)]), both].map { try $0.hash() }
    #expect(Set(hashes).count == 4 && hashes.allSatisfy { $0.count == 16 })
  }

  @Test("A smaller file keeps less, and is no larger than it may be")
  func sizes() throws {
    let extraction = try VoiceExtraction(of: folder("trained"))
    let reports = try [20_000, 40_000, 1_000_000].map {
      try extraction.write(to: folder("mine"), byteLimit: $0, threads: 2)
    }
    #expect(reports[0].byteCount <= 20_000 && reports[1].byteCount <= 40_000)
    #expect(reports[0].keptEnergy < reports[1].keptEnergy && reports[1].keptEnergy < reports[2].keptEnergy)
    #expect(reports[2].keptEnergy > 0.999 && reports[2].folderByteCount > reports[2].byteCount)
    #expect(throws: VoiceError.self) { _ = try extraction.write(to: folder("mine"), byteLimit: 100, threads: 1) }
  }

  @Test("What only training uses is no part of a voice")
  func variations() throws {
    try train("varied", seed: 5) { $0.denoiser.variationCount = 7 }
    _ = try extract("varied", as: "mine")
    #expect(try greatest(weights("mine"), weights("trained")) < 1e-4)
  }

  @Test("What its parts learned of words, names and lengths is joined")
  func joined() throws {
    func vocabulary(_ term: String) -> Vocabulary {
      Vocabulary(
        terms: [.init(term, .instrument, count: 2), .init("soft", .word)], termRows: Tensor([1, 8], repeating: 0.5),
        captionRows: Tensor([1, 8], repeating: 0.5))
    }
    try vocabulary("piano").write(to: base)
    try Data("fife\tflute\nbodhran\tdrum\n".utf8).write(to: base.appending(path: "glossary.tsv"))
    try vocabulary("kick").write(to: folder("trained"))
    try Data("bodhran\tdrum\nboom\tkick\n".utf8).write(to: folder("trained/glossary.tsv"))
    let lengths = SoundLengths([.init(category: "kick", caption: "kick", seconds: 0.5, diesAway: true)])
    try lengths.write(inModel: folder("trained"))
    let plain = try ModelSource(folder: base)
    let source = try plain.adding([extract("trained", as: "mine")])
    let bundle = try ModelBundle(reading: source)
    #expect(try source.vocabulary()?.terms.map(\.text) == ["piano", "kick", "soft"])
    #expect(try plain.vocabulary()?.terms.map(\.text) == ["piano", "soft"])
    #expect(bundle.lengths == lengths && bundle.name == "tiny+mine")
    // What the voice has learned is not explained to it.
    #expect(bundle.glossary?.explaining("fife, bodhran, boom") == "fife, bodhran, boom, drum, kick")
    // Of a voice that does not say what it knows it is not said what is known.
    try FileManager.default.removeItem(at: folder("mine/words.tsv"))
    #expect(try source.vocabulary() == nil)
  }
}

@Suite("Names of voices")
struct VoiceReferenceTests {
  @Test(arguments: [
    ("mine", "mine", 1.0), ("mine:0.7", "mine", 0.7), ("./a:b/mine:2", "./a:b/mine", 2), ("mine:", "mine:", 1),
    ("a:b", "a:b", 1), ("mine:-1", "mine", -1), (":1", "", 1),
  ])
  func parts(text: String, name: String, weight: Double) {
    let reference = VoiceReference(text)
    #expect(reference.name == name && reference.weight == weight)
  }
}
