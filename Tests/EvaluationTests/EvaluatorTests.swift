import Audio
import Denoising
import Evaluation
import Foundation
import Novelty
import Spectra
import Synthesis
import Tensors
import TestSupport
import Testing
import Text
import Training

@Suite("A whole evaluation, small")
struct EvaluatorTests {
  static let mel = MelConfiguration(
    sampleRate: 8000, fftLength: 256, hopLength: 128, bandCount: 12, maximumHertz: 4000)

  /// Stands in for a sentence encoder.
  private static func embedding(_ caption: String) -> TextEmbedding {
    let sum = Float(caption.utf8.reduce(0) { $0 + Int($1) } % 64) / 64
    return TextEmbedding(tokens: Tensor([3, 8], repeating: sum), sentence: Tensor([8], repeating: sum / 2))
  }

  private static func dataset(_ directory: TemporaryDirectory, clipCount: Int) throws -> Dataset {
    let folder = directory.file("samples")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for clip in 0..<clipCount {
      let hertz = 200 * pow(1.1, Double(clip))
      let tone = (0..<4000).map {
        Float(0.5 * sin(2 * .pi * hertz * Double($0) / 8000) * exp(-Double($0) / Double(500 + 300 * clip)))
      }
      try AudioFile.write(
        AudioClip(mono: tone, sampleRate: 8000), to: folder.appendingPathComponent("tone-\(clip).wav"))
      try Data("a tone at \(Int(hertz)) hertz".utf8).write(to: folder.appendingPathComponent("tone-\(clip).txt"))
    }
    return try Dataset.prepare(
      directory: folder, cache: directory.file("cache"), mel: mel, heldOutFraction: 0.25, encode: { embedding($0) })
  }

  /// - Parameter isNew: a new network does not listen to controls yet; another one's every weight is random.
  private static func model(controls: Int = 22, isNew: Bool = true) -> ModelBundle {
    var configuration = ModelConfiguration()
    configuration.mel = mel
    configuration.scale = ValueScale(mean: -0.5, deviation: 0.3)
    var sizes = DenoiserConfiguration()
    (sizes.frameWidth, sizes.patchLength, sizes.bottleneckWidth, sizes.refinementWidth) = (12, 2, 16, 8)
    (sizes.patchOverlap, sizes.width, sizes.depth, sizes.headCount, sizes.textWidth) = (1, 32, 1, 1, 8)
    sizes.controlCount = controls
    configuration.denoiser = sizes
    configuration.training = TrainingRecord(
      dataset: "samples", clipCount: 16, steps: 0, clipsSeen: 0, hours: 0, heldOutLoss: nil)
    let network = DiffusionTransformer(sizes, RandomSource(seed: 1))
    for parameter in network.parameters where !isNew {
      parameter.value = RandomSource(seed: 2).normals(parameter.value.shape).scaled(by: 0.1)
    }
    return ModelBundle(
      directory: URL(fileURLWithPath: "/models/small"), configuration: configuration, denoiser: network)
  }

  private static func outcome(
    _ dataset: Dataset, threads: Int = 2, clips: Int = 5, controls: Int = 22, isNew: Bool = true,
    usesControls: Bool = true
  ) throws -> Evaluator.Outcome {
    var settings = Evaluator.Settings()
    (settings.clipCount, settings.lossClipCount, settings.threads) = (clips, 3, threads)
    settings.usesControls = usesControls
    return try Evaluator(
      model: model(controls: controls, isNew: isNew), dataset: dataset, name: "samples", empty: embedding(""),
      settings: settings
    ).run()
  }

  @Test("A folder without categories is heard by its captions while it is learned")
  func previewsOfCaptions() throws {
    let directory = try TemporaryDirectory()
    defer { withExtendedLifetime(directory) {} }
    let data = try Self.dataset(directory, clipCount: 8)
    let model = Self.model()
    let previews = Previews(data, threads: 2, encode: Self.embedding)
    let report = try previews.report(on: model.denoiser, configuration: model.configuration)
    #expect(report.obedience == nil && report.clips.count == 6)
    #expect(Set(report.clips.map(\.category)).isSubset(of: data.clips.map(\.caption)))
    #expect(report.clips.allSatisfy { $0.takenFor == $0.category && $0.frames.frameCount > 20 })
  }

  @Test("All is measured, the same on any number of threads", arguments: [0, 22])
  func everything(controls: Int) throws {
    let directory = try TemporaryDirectory()
    let dataset = try Self.dataset(directory, clipCount: 16)
    let one = try Self.outcome(dataset, threads: 1, controls: controls)
    let report = one.report
    #expect(try Self.outcome(dataset, threads: 3, controls: controls).report == report)
    #expect(report.dataset.isTrainingSet && report.dataset.heldOutClips == dataset.heldOutIndices.count)
    #expect(report.fit.levels.count == 8 && report.verdict.fit == .noise)
    #expect(report.novelty?.clips.map(\.seed) == [0, 1, 2, 3, 4])
    #expect(report.obedience?.usesControls == (controls > 0) && report.obedience?.rows.count == 3)
    #expect(report.notes.contains { $0.contains("no controls") } == (controls == 0))
    let distance = try #require(report.distance)
    #expect(distance.generated > distance.real && !distance.referenceIsHeldOut)
    #expect(one.pairs.map(\.ratio) == one.pairs.map(\.ratio).sorted() && one.pairs.count == 5)
    #expect(report.text.contains("This is still noise") && report.text.contains("tempo 4 %"))
    #expect(one.index.clipCount == dataset.trainingIndices.count)
    _ = try JSONEncoder().encode(report)
  }

  /// A model that takes controls can be asked by captions alone.
  @Test func controlsLeftOut() throws {
    let directory = try TemporaryDirectory()
    let dataset = try Self.dataset(directory, clipCount: 16)
    let (with, without) = (
      try Self.outcome(dataset, isNew: false), try Self.outcome(dataset, isNew: false, usesControls: false)
    )
    #expect(without.report.obedience?.usesControls == false)
    #expect(without.report.notes.contains { $0.hasPrefix("no controls were given") })
    func first(_ outcome: Evaluator.Outcome) -> [Float]? {
      outcome.pairs.first { $0.request.seed == 0 }?.clip.samples
    }
    #expect(first(with) != nil && first(with) != first(without))
    #expect(with.report.fit == without.report.fit)
  }

  /// The ratio that `generate --novelty` tells of a clip is the one that the report has.
  @Test func ratiosAgree() throws {
    let directory = try TemporaryDirectory()
    let outcome = try Self.outcome(try Self.dataset(directory, clipCount: 16))
    try outcome.index.write(to: directory.file("novelty.index"))
    let guardian = NoveltyGuard(index: try NoveltyIndex(reading: directory.file("novelty.index")), threshold: 0.5)
    for pair in outcome.pairs { #expect(guardian.ratio(of: pair.clip) == pair.ratio) }
  }

  /// A clip that turns up among the training clips is near to one, and `hiss generate` would have made it again.
  @Test func whatIsKept() throws {
    let directory = try TemporaryDirectory()
    let before = try Self.outcome(try Self.dataset(directory, clipCount: 16))
    let copied = try #require(before.pairs.first { $0.request.seed == 0 })
    try AudioFile.write(copied.clip, to: directory.file("samples/copy-0.wav"))
    let after = try Self.outcome(try Self.dataset(directory, clipCount: 16))
    #expect(after.index.clipCount == before.index.clipCount + 1)
    let novelty = try #require(after.report.novelty)
    #expect(novelty.ratios[0] < 0.05 && novelty.rejectedCount > 0, "\(novelty.ratios)")
    let far = novelty.ratios.filter { $0 >= NoveltyGuard.standardThreshold }
    #expect(Set(far).isSubset(of: Set(novelty.keptRatios)) && novelty.keptRatios.count <= novelty.clips.count)
    #expect(novelty.keptRatios.allSatisfy { $0 >= NoveltyGuard.standardThreshold })
    #expect(after.report.text.contains("again with another seed: here \(novelty.rejectedCount) of 5"))
  }

  @Test func withoutClips() throws {
    let directory = try TemporaryDirectory()
    let outcome = try Self.outcome(try Self.dataset(directory, clipCount: 16), clips: 0)
    #expect(outcome.pairs.isEmpty && outcome.report.novelty == nil && outcome.report.distance == nil)
    #expect(outcome.report.text.contains("Under-fitting") && !outcome.report.text.contains("Novelty"))
  }

  @Test func thePageHoldsAll() throws {
    let directory = try TemporaryDirectory()
    let outcome = try Self.outcome(try Self.dataset(directory, clipCount: 16))
    try EvaluationPage(outcome).write(to: directory.file("page"))
    let page = try String(contentsOf: directory.file("page/index.html"), encoding: .utf8)
    #expect(page.components(separatedBy: "<audio").count == 11 && page.components(separatedBy: "<img").count == 13)
    #expect(page.contains("This is still noise") && !page.contains("src=\"http"))
  }

  @Test func nothingHeldOut() throws {
    let directory = try TemporaryDirectory()
    let dataset = try Self.dataset(directory, clipCount: 5)
    #expect(throws: EvaluationError.nothingHeldOut(path: "samples", clipCount: 5)) {
      try Self.outcome(dataset)
    }
  }

  /// A network that has learned beats the mean frame, and the report says so.
  @Test func learningShows() throws {
    let directory = try TemporaryDirectory()
    let dataset = try Self.dataset(directory, clipCount: 16)
    let before = try Self.outcome(dataset, clips: 0, controls: 0).report.fit
    let bundle = Self.model(controls: 0)
    var plan = TrainingPlan()
    (plan.steps, plan.batchSize, plan.microBatchSize, plan.laneCount) = (150, 8, 4, 2)
    (plan.learningRate, plan.warmupSteps, plan.averageDecay) = (4e-3, 5, 0.9)
    let trainer = Trainer(
      plan, configuration: bundle.configuration.denoiser, dataset: dataset, empty: Self.embedding(""),
      scale: bundle.configuration.scale)
    for _ in 0..<plan.steps { _ = trainer.advance() }
    var settings = Evaluator.Settings()
    (settings.clipCount, settings.lossClipCount) = (0, 3)
    let model = ModelBundle(
      directory: bundle.directory, configuration: bundle.configuration, denoiser: trainer.average)
    let after = try Evaluator(
      model: model, dataset: dataset, name: "samples", empty: Self.embedding(""), settings: settings
    ).run().report.fit
    #expect(after.skill > before.skill + 0.3, "\(before.skill) to \(after.skill)")
    #expect(after.levels[5].heldOut < after.levels[5].meanFrame)
  }
}
