import Audio
public import Denoising
import Foundation
import Parallelism
import Spectra
import Synthesis
public import Tensors
import Text
import Training

/// The network at work: generating and learning.
public struct NetworkBenchmark: Sendable {
  public let configuration: DenoiserConfiguration
  /// Tokens of a caption of ordinary length.
  public static let textTokens = 16

  public init(_ configuration: DenoiserConfiguration) { self.configuration = configuration }

  /// The tokens of a clip.
  public func audioTokens(_ seconds: Double) -> Int {
    let mel = MelConfiguration.standard
    let frames = mel.frameCount(sampleCount: Int(seconds * Double(mel.sampleRate)))
    return (frames + configuration.patchLength - 1) / configuration.patchLength
  }

  /// What a sampler asks for in a step: both branches of guidance over a clip, side by side where there are threads.
  /// - Parameter precision: of the products; their share is of the rate that they are all computed at, so that there is
  ///   none where only some of them are in bytes.
  public func forward(_ seconds: Double, precision: Precision = .fastest, threads: Int) -> BenchmarkResult {
    let network = DiffusionTransformer(configuration, RandomSource(seed: 1))
    let (tokens, random) = (audioTokens(seconds), RandomSource(seed: 2))
    let batch = CaptionBatch([Self.embedding("prompt")])
    let text = network.encode(
      tokens: batch.tokens, layout: batch.layout, sentences: batch.sentences, audio: SequenceLayout([tokens]),
      on: .inference())
    let noise = random.normals([tokens, configuration.patchWidth])
    let branch = DenoiserBranch(
      network: network, patches: noise, text: text, precision: precision, threads: max(1, threads / 2))
    let (time, rate) = Self.besideCeiling(precision, threads: threads) {
      Stopwatch.median(budget: 0.4) { Parallel.forEach(2, threads: threads) { _ in _ = branch.evaluate() } }
    }
    let title = "denoiser, \(precision == .int8 ? "in bytes, " : "")two branches, \(Int(seconds)) s"
    var result = BenchmarkResult(title, threads: threads, seconds: time)
    let operations = 2 * network.operationCount(audioTokens: tokens, textTokens: Self.textTokens)
    result.share = rate.map { operations / time / $0 }
    return result
  }

  /// One step of training on 32 clips of 4 s: data, forward, backward, optimizer.
  /// - Parameter precision: as `forward` has it.
  public func trainingStep(precision: Precision = .fastest, threads: Int) throws -> BenchmarkResult {
    let trainer = try trainer(precision: precision, threads: threads)
    let (time, rate) = Self.besideCeiling(precision, threads: threads) {
      Stopwatch.median(budget: 2) { _ = trainer.advance() }
    }
    let operations =
      3 * Double(trainer.plan.batchSize)
      * trainer.network.operationCount(audioTokens: audioTokens(4), textTokens: Self.textTokens)
    let count = trainer.plan.batchSize
    let title = "training step, \(precision == .int8 ? "in bytes, " : "")\(count) clips of 4 s"
    var result = BenchmarkResult(title, threads: threads, seconds: time)
    (result.share, result.clipsPerSecond) = (rate.map { operations / time / $0 }, Double(count) / time)
    return result
  }

  /// A time, and the rate of products before and after it, whichever is more: a neighbour on the machine may slow a ceiling,
  /// and work that is held against it would seem to break through.
  private static func besideCeiling(
    _ precision: Precision, threads: Int, _ time: () -> Double
  ) -> (time: Double, rate: Double?) {
    guard precision != .int8 else { return (time(), nil) }
    func rate() -> Double { ProductRate.measure(precision, threads: threads, budget: 0.2) }
    let before = rate()
    let time = time()
    return (time, max(before, rate()))
  }

  /// A training on clips of 4 s, at its first step.
  func trainer(precision: Precision, threads: Int) throws -> Trainer {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-bench-\(UUID().uuidString)")
    // The mel frames stay readable while they are mapped.
    defer { try? FileManager.default.removeItem(at: folder) }
    let data = try Self.dataset(in: folder)
    var plan = TrainingPlan()
    (plan.minimumSeconds, plan.maximumSeconds) = (4, 4)
    plan.precision = precision
    return Trainer(
      plan, configuration: configuration, dataset: data, empty: Self.embedding(""),
      scale: ValueScale(measuring: data), threads: threads)
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
