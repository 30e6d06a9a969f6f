import Audio
import Denoising
import Foundation
import Spectra
import Synthesis
import Tensors
import Text
import Training

/// A data set of short tones at 8 kHz and a network of some 30,000 weights: a training of milliseconds a step.
struct SmallTraining {
  let samples: SampleFolder
  let dataset: Dataset

  static let mel = MelConfiguration(
    sampleRate: 8000, fftLength: 256, hopLength: 128, bandCount: 12, maximumHertz: 4000)

  static let sizes: DenoiserConfiguration = {
    var sizes = DenoiserConfiguration()
    (sizes.frameWidth, sizes.patchLength, sizes.bottleneckWidth) = (12, 2, 16)
    (sizes.width, sizes.depth, sizes.headCount, sizes.expansion, sizes.textWidth) = (32, 2, 1, 2, 8)
    (sizes.alignmentWidth, sizes.expectationKnots) = (4, 2)
    return sizes
  }()

  static let plan: TrainingPlan = {
    var plan = TrainingPlan()
    (plan.steps, plan.batchSize, plan.microBatchSize, plan.laneCount) = (40, 7, 2, 3)
    (plan.learningRate, plan.warmupSteps, plan.minimumSeconds) = (4e-3, 5, 0.1)
    plan.windows = nil
    return plan
  }()

  /// Tones of 0.1 to 0.4 seconds, each captioned in these wordings, with its pitch for #.
  init(clipCount: Int = 12, wordings: [String] = ["a tone at # hertz"], heldOutFraction: Double = 0.2) throws {
    samples = try SampleFolder()
    for clip in 0..<clipCount {
      let hertz = 200 * pow(1.2, Double(clip))
      let seconds = 0.1 + 0.3 * Double(clip) / Double(clipCount)
      let tone = (0..<Int(8000 * seconds)).map { Float(0.5 * sin(2 * .pi * hertz * Double($0) / 8000)) }
      try AudioFile.write(AudioClip(mono: tone, sampleRate: 8000), to: samples.file("tone-\(clip).wav"))
      let captions = wordings.map { $0.replacingOccurrences(of: "#", with: "\(Int(hertz))") }
      try samples.write(JSONEncoder().encode(["captions": captions]), to: "tone-\(clip).json")
    }
    dataset = try Dataset.prepare(
      directory: samples.url, cache: samples.file("cache"), mel: Self.mel, heldOutFraction: heldOutFraction,
      encode: { CountingEncoder.embedding(of: $0) })
  }

  func trainer(
    _ plan: TrainingPlan = Self.plan, sizes: DenoiserConfiguration = Self.sizes, threads: Int = 2
  ) -> Trainer {
    Trainer(
      plan, configuration: sizes, dataset: dataset, empty: CountingEncoder.embedding(of: ""),
      scale: ValueScale(measuring: dataset), threads: threads)
  }

  /// A run of a plan in a folder.
  func run(_ plan: TrainingPlan, in output: URL, pace: TrainingRun.Pace) throws -> TrainingRun {
    try TrainingRun(
      trainer(plan), configuration: configuration, datasetName: "tones", output: output, pace: pace)
  }

  /// What a model of such a training says of itself.
  var configuration: ModelConfiguration {
    var configuration = ModelConfiguration()
    (configuration.mel, configuration.denoiser) = (Self.mel, Self.sizes)
    configuration.scale = ValueScale(measuring: dataset)
    return configuration
  }

  /// All that a checkpoint of the trainer holds, by name: weights, average and both moments, bit for bit.
  func state(of trainer: Trainer) throws -> [String: [UInt32]] {
    let url = samples.file("state-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: url) }
    try Checkpoint.write(trainer, to: url)
    var state = try Safetensors.read(url).tensors.mapValues { $0.values.map(\.bitPattern) }
    let counts = try Checkpoint.state(of: url)
    state["counts"] = [UInt32(counts.step), UInt32(counts.optimizerSteps)]
    return state
  }
}
