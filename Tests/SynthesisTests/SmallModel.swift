import Denoising
import Foundation
import Spectra
import Synthesis
import Tensors
import Text

/// A model of some 30,000 random weights at 8 kHz, and a text encoder as small, in a folder removed with it.
final class SmallModel: Sendable {
  let folder: URL
  let bundle: ModelBundle
  let encoder: SentenceEncoder

  static let mel = MelConfiguration(
    sampleRate: 8000, fftLength: 256, hopLength: 128, bandCount: 12, maximumHertz: 4000)

  static let sizes: DenoiserConfiguration = {
    var sizes = DenoiserConfiguration()
    (sizes.frameWidth, sizes.patchLength, sizes.bottleneckWidth) = (12, 2, 16)
    (sizes.width, sizes.depth, sizes.headCount, sizes.expansion, sizes.textWidth) = (32, 2, 1, 2, 8)
    return sizes
  }()

  static var configuration: ModelConfiguration {
    var configuration = ModelConfiguration()
    (configuration.mel, configuration.denoiser) = (mel, sizes)
    configuration.scale = ValueScale(mean: -0.5, deviation: 0.3)
    return configuration
  }

  /// One whose frames are long enough for stereo and attacks.
  static var stereoConfiguration: ModelConfiguration {
    var configuration = configuration
    (configuration.mel.fftLength, configuration.mel.hopLength) = (1152, 384)
    configuration.frame = FrameParts(stereoBandCount: 3, hasAttacks: true)
    configuration.denoiser.frameWidth = configuration.layout.valueCount
    return configuration
  }

  /// - Parameter controlCount: 0 for a network that takes no controls.
  init(configuration: ModelConfiguration = configuration, controlCount: Int = sizes.controlCount) throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-\(UUID().uuidString)")
    let texts = folder.appendingPathComponent("encoder")
    try FileManager.default.createDirectory(at: texts, withIntermediateDirectories: true)
    try Self.writeEncoder(to: texts)
    encoder = try SentenceEncoder(directory: texts)
    var configuration = configuration
    configuration.denoiser.controlCount = controlCount
    bundle = ModelBundle(
      directory: folder.appendingPathComponent("tiny"), configuration: configuration,
      denoiser: Self.randomNetwork(configuration.denoiser))
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  func synthesizer(threads: Int, precision: Precision = .lowest) -> Synthesizer {
    Synthesizer(model: bundle, encoder: encoder, precision: precision, threads: threads)
  }

  /// New networks predict zero; this one's every weight is random.
  static func randomNetwork(_ sizes: DenoiserConfiguration = sizes) -> DiffusionTransformer {
    let network = DiffusionTransformer(sizes, RandomSource(seed: 1))
    for (number, parameter) in network.parameters.enumerated() {
      let shape = parameter.value.shape
      let deviation = 1 / Float(shape[shape.count - 1]).squareRoot()
      let values = RandomSource(seed: 2).split(UInt64(number)).normals(count: parameter.value.count)
      parameter.value = Tensor(shape, values.map { $0 * deviation })
    }
    return network
  }

  private static func writeEncoder(to folder: URL) throws {
    let configuration: [String: Any] = [
      "hidden_size": 8, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16, "vocab_size": 7,
      "max_position_embeddings": 12, "type_vocab_size": 2, "layer_norm_eps": 1e-12, "hidden_act": "gelu",
    ]
    try JSONSerialization.data(withJSONObject: configuration).write(to: folder.appendingPathComponent("config.json"))
    try ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "drum", "piano", "##s"].joined(separator: "\n")
      .write(to: folder.appendingPathComponent("vocab.txt"), atomically: true, encoding: .utf8)
    var shapes: [String: [Int]] = [
      "embeddings.word_embeddings.weight": [7, 8], "embeddings.position_embeddings.weight": [12, 8],
      "embeddings.token_type_embeddings.weight": [2, 8], "embeddings.LayerNorm.weight": [8],
      "embeddings.LayerNorm.bias": [8],
    ]
    let layers = [
      ("attention.self.query", [8, 8]), ("attention.self.key", [8, 8]), ("attention.self.value", [8, 8]),
      ("attention.output.dense", [8, 8]), ("attention.output.LayerNorm", [8]), ("intermediate.dense", [16, 8]),
      ("output.dense", [8, 16]), ("output.LayerNorm", [8]),
    ]
    for (name, shape) in layers {
      shapes["encoder.layer.0.\(name).weight"] = shape
      shapes["encoder.layer.0.\(name).bias"] = [shape[0]]
    }
    var random = RandomSource(seed: 1)
    let tensors = shapes.sorted { $0.key < $1.key }.map { name, shape in
      (name: name, tensor: Tensor(shape, (0..<shape.reduce(1, *)).map { _ in random.normal() }))
    }
    try Safetensors.write(tensors, to: folder.appendingPathComponent("model.safetensors"))
  }
}
