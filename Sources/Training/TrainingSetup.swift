public import Denoising
public import Foundation
public import Spectra
public import Synthesis
import Tensors
public import Text

/// What a training begins with, or goes on with.
public struct TrainingSetup: Sendable {
  public var plan: TrainingPlan
  public private(set) var configuration: ModelConfiguration
  /// Whether it goes on from a checkpoint, and the steps that were taken by earlier runs.
  public let isResumed: Bool
  public let stepsTaken: Int
  /// The seconds that those took.
  let secondsTaken: Double
  /// How the held-out loss went in earlier runs.
  let course: OverfittingWatch.Course
  /// The model whose weights a new training begins with; nil for random ones.
  private let origin: ModelBundle?

  /// A new training.
  public init(_ plan: TrainingPlan, denoiser: DenoiserConfiguration, dataset: Dataset) {
    var configuration = ModelConfiguration()
    configuration.mel = dataset.mel
    configuration.frame = dataset.parts == .mel ? nil : dataset.parts
    configuration.denoiser = denoiser
    configuration.denoiser.frameWidth = dataset.layout.valueCount
    configuration.denoiser.variationCount = plan.augmentation == nil ? 0 : Variation.featureCount
    configuration.denoiser.likingCount = plan.liking == nil ? 0 : LikingBucket.count
    configuration.scale = ValueScale(measuring: dataset)
    configuration.endsSounds = plan.windows == nil ? nil : true
    self.plan = plan
    self.configuration = configuration
    (isResumed, stepsTaken, secondsTaken, course) = (false, 0, 0, .init())
    origin = nil
  }

  /// A new training that begins with the weights of a model, and so with its network and its scale. A network without a
  /// layer for all controls, a refinement that is told them, an alignment of captions or modulation of each block's own gets
  /// one. A model of mel frames can begin one of frames with more: what these say beside mel bands it learns from nothing,
  /// and says the mean of it until then.
  /// - Parameter aligns: whether captions are to be aligned anew.
  /// - Throws: `TrainingSetupError` when the model hears in other frames than the data set.
  public init(
    _ plan: TrainingPlan, from origin: ModelBundle, dataset: Dataset, aligns: Bool = false
  ) throws(TrainingSetupError) {
    var configuration = origin.configuration
    let hasMore = configuration.hears(dataset.mel, .mel) && dataset.parts != .mel
    guard hasMore || configuration.hears(dataset.mel, dataset.parts) else { throw .frames(path: origin.directory.path) }
    if hasMore { configuration.frame = dataset.parts }
    configuration.denoiser.frameWidth = dataset.layout.valueCount
    configuration.training = nil
    configuration.origin = origin.name
    configuration.originHash = try? origin.source.weightsHash()
    configuration.endsSounds = plan.windows == nil ? nil : true
    configuration.remembersOrigin = plan.rehearsal == nil ? nil : true
    let usual = DenoiserConfiguration()
    configuration.denoiser.controlCount = max(configuration.denoiser.controlCount, usual.controlCount)
    if configuration.denoiser.refinementWidth == 0 { configuration.denoiser.refinementWidth = usual.refinementWidth }
    // What captions sound like is learned where they are aligned.
    if aligns || configuration.denoiser.alignmentWidth == 0 {
      configuration.denoiser.expectationKnots = usual.expectationKnots
    }
    if configuration.denoiser.alignmentWidth == 0 { configuration.denoiser.alignmentWidth = usual.alignmentWidth }
    if configuration.denoiser.modulationRank == 0 { configuration.denoiser.modulationRank = usual.modulationRank }
    configuration.denoiser.refinementControls = usual.refinementControls
    if plan.augmentation != nil { configuration.denoiser.variationCount = Variation.featureCount }
    if plan.liking != nil { configuration.denoiser.likingCount = LikingBucket.count }
    self.plan = plan
    self.configuration = configuration
    self.origin = origin
    (isResumed, stepsTaken, secondsTaken, course) = (false, 0, 0, .init())
  }

  /// A training that another rank has set up.
  public init(joining plan: TrainingPlan, configuration: ModelConfiguration) {
    (self.plan, self.configuration) = (plan, configuration)
    (isResumed, stepsTaken, secondsTaken, course) = (true, 0, 0, .init())
    origin = nil
  }

  /// Where the training in a folder stands; nil where the folder has no checkpoint.
  ///
  /// The plan, the sizes of the network and the scale are those it was begun with.
  /// - Throws: `CheckpointError`, or `ModelError` for the model beside the checkpoint.
  public init?(resuming folder: URL, dataset: Dataset) throws {
    let files = CheckpointFiles(in: folder)
    guard let state = try files.state() else { return nil }
    // Older checkpoints rely on the model beside them.
    var configuration = try state.surroundings?.configuration ?? ModelBundle.configuration(in: folder)
    guard configuration.hears(dataset.mel, dataset.parts) else {
      throw CheckpointError.unreadable(path: files.last.path, reason: "its frames are not those of this version")
    }
    configuration.scale = state.scale
    configuration.training = nil
    self.configuration = configuration
    plan = state.plan
    (isResumed, stepsTaken, secondsTaken) = (true, state.step, state.seconds)
    course = state.surroundings?.course ?? .init()
    origin = nil
  }

  /// What frames have beside mel bands in the training that a folder holds; nil where it has no checkpoint.
  /// - Throws: as `init(resuming:dataset:)`.
  public static func parts(resuming folder: URL) throws -> FrameParts? {
    guard let state = try CheckpointFiles(in: folder).state() else { return nil }
    return try (state.surroundings?.configuration ?? ModelBundle.configuration(in: folder)).parts
  }

  /// Sums the gradients of a new training in as many lanes as so many ranks, of so many threads each, can share.
  public mutating func share(among ranks: Int, threads: Int) {
    guard !isResumed else { return }
    let wanted = max(plan.laneCount, ranks * threads)
    var each = 1
    while each * ranks < wanted, 2 * each * ranks <= plan.batchSize { each *= 2 }
    plan.laneCount = each * ranks
  }

  /// Whether the frames have more than those of the model that it begins with.
  public var widensOrigin: Bool { origin.map { $0.configuration.parts != configuration.parts } ?? false }

  /// Lets a new training do without repeating what the model could do that it begins with.
  public mutating func forgoRehearsal() {
    plan.rehearsal = nil
    configuration.remembersOrigin = nil
  }

  /// The model that the training begins with, or began with; nil where there is none of these weights any more.
  public func foundOrigin() -> ModelBundle? {
    if let origin { return origin }
    return ModelLibrary.origin(of: configuration).flatMap { try? ModelBundle(reading: $0) }
  }

  /// Whether captions are yet to be aligned with sounds: not in a training that goes on, nor in one that begins with a
  /// model whose captions are aligned, which the denoiser has come to rely on.
  public var wantsAlignment: Bool {
    !isResumed && configuration.denoiser.alignmentWidth > 0
      && (origin?.configuration.denoiser.alignmentWidth ?? 0) == 0
  }

  /// The trainer at the first step of the plan.
  /// - Parameters:
  ///   - rehearsal: what the model makes that it begins with; nil for a training that may forget it.
  ///   - liking: how much the clips are liked, where the plan goes by a taste.
  public func makeTrainer(
    dataset: Dataset, empty: TextEmbedding, rehearsal: Rehearsal? = nil, liking: LikingLessons? = nil, threads: Int
  ) -> Trainer {
    let trainer = Trainer(
      plan, configuration: configuration.denoiser, dataset: dataset, empty: empty, scale: configuration.scale,
      rehearsal: rehearsal, liking: liking, threads: threads)
    if let origin { trainer.begin(with: origin.denoiser) }
    return trainer
  }

  /// The seconds that a step takes here: measured over the first steps, which are taken twice, so that what the first time
  /// makes for later (products, pages of the cache) is not counted, and then forgotten.
  public func secondsPerStep(dataset: Dataset, empty: TextEmbedding, threads: Int, over steps: Int = 3) -> Double {
    var seconds = 0.0
    for _ in 0..<2 {
      let trial = makeTrainer(dataset: dataset, empty: empty, threads: threads)
      for _ in 0..<steps { _ = trial.advance() }
      seconds = trial.seconds
    }
    return seconds / Double(steps)
  }
}

/// Why a training cannot begin as it was asked to.
public enum TrainingSetupError: Error, Equatable, Sendable, CustomStringConvertible {
  /// A model to begin with hears in other frames than the data set.
  case frames(path: String)

  public var description: String {
    switch self {
    case .frames(let path): "\(path): training cannot begin with this model: its frames are not those of this version"
    }
  }
}
