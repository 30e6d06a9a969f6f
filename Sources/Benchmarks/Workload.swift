import Audio
public import Denoising
import Foundation
import Spectra
import Synthesis
import Tensors
import Text
import Training

/// What the program spends its time on, timed on its real parts.
public struct Workload: Sendable {
  public let configuration: DenoiserConfiguration
  public let threads: Int
  /// Tokens of a caption of ordinary length.
  public static let textTokens = 16

  public init(_ configuration: DenoiserConfiguration, threads: Int) {
    self.configuration = configuration
    self.threads = threads
  }

  /// The tokens of a clip.
  public func audioTokens(_ seconds: Double) -> Int {
    let mel = MelConfiguration.standard
    let frames = mel.frameCount(sampleCount: Int(seconds * Double(mel.sampleRate)))
    return (frames + configuration.patchLength - 1) / configuration.patchLength
  }

  /// One pass of the denoiser over a clip, as a sampler asks for it: seconds, and the share of `rate` that it reaches.
  public func forward(_ seconds: Double, of rate: Double) -> Timing {
    let network = DiffusionTransformer(configuration, RandomSource(seed: 1))
    let (tokens, random) = (audioTokens(seconds), RandomSource(seed: 2))
    let caption = TextEmbedding(
      tokens: random.normals([Self.textTokens, configuration.textWidth]),
      sentence: random.normals([configuration.textWidth]))
    let batch = CaptionBatch([caption])
    let text = network.encode(
      tokens: batch.tokens, layout: batch.layout, sentences: batch.sentences, on: .inference())
    let noise = random.normals([tokens, configuration.patchWidth])
    let time = Stopwatch.median(budget: 0.5) {
      let tape = Tape.inference()
      _ = network(tape.constant(noise), times: [0.3], text: text, layout: SequenceLayout([tokens]), on: tape)
    }
    let operations = configuration.operationCount(audioTokens: tokens, textTokens: Self.textTokens)
    return Timing(seconds: time, share: operations / time / rate)
  }

  /// One step of training on 32 clips of 4 s: data, forward, backward, optimizer.
  public func trainingStep(of rate: Double) throws -> Timing {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-bench-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let data = try Self.dataset(in: folder)
    var plan = TrainingPlan()
    (plan.minimumSeconds, plan.maximumSeconds) = (4, 4)
    let trainer = Trainer(
      plan, configuration: configuration, dataset: data, empty: Self.embedding(""),
      scale: ValueScale(measuring: data), threads: threads)
    let time = Stopwatch.median(budget: 3) { _ = trainer.advance() }
    let tokens = audioTokens(4)
    let operations =
      3 * Double(plan.batchSize)
      * configuration.operationCount(audioTokens: tokens, textTokens: Self.textTokens)
    return Timing(seconds: time, share: operations / time / rate, clipsPerSecond: Double(plan.batchSize) / time)
  }

  /// 40 clips of 4 s of noise, and captions of ordinary length.
  private static func dataset(in folder: URL) throws -> Dataset {
    let samples = folder.appendingPathComponent("samples")
    try FileManager.default.createDirectory(at: samples, withIntermediateDirectories: true)
    for number in 0..<40 {
      let noise = RandomSource(seed: UInt64(number)).normals(count: 4 * 44_100).map { $0 * 0.1 }
      try AudioFile.write(
        AudioClip(mono: noise, sampleRate: 44_100), to: samples.appendingPathComponent("\(number).wav"))
    }
    return try Dataset.prepare(directory: samples, cache: folder.appendingPathComponent("cache")) { embedding($0) }
  }

  private static func embedding(_ caption: String) -> TextEmbedding {
    let random = RandomSource(seed: UInt64(caption.utf8.count))
    return TextEmbedding(tokens: random.normals([textTokens, 384]), sentence: random.normals([384]))
  }
}

/// How long something took.
public struct Timing: Codable, Sendable, Equatable {
  public var seconds: Double
  /// The share of the machine's product rate that the work's products reached.
  public var share: Double?
  public var clipsPerSecond: Double?

  public init(seconds: Double, share: Double? = nil, clipsPerSecond: Double? = nil) {
    self.seconds = seconds
    self.share = share
    self.clipsPerSecond = clipsPerSecond
  }
}
