public import Denoising
import Diffusion
import Foundation
public import Parallelism
import Spectra
public import Synthesis
import Tensors
public import Text

/// Trains a denoiser on a data set, following a plan.
///
/// The state after a step is a function of plan and data alone: not of the number of threads, nor of how often the
/// training was stopped and resumed.
public final class Trainer {
  /// The number of steps and the rate may change on the way; the rest stays.
  public internal(set) var plan: TrainingPlan
  /// The network that learns, and the moving average of it, which is what generates.
  public let network, average: DiffusionTransformer
  public let scale: ValueScale
  /// Steps taken so far.
  public internal(set) var step = 0
  /// Seconds that training has taken so far, earlier runs included.
  public internal(set) var seconds = 0.0

  let optimizer: AdamW
  let dataset: Dataset
  let empty: TextEmbedding
  let threads: Int
  /// The ranks that share the training; nil where it is this process's alone.
  var shards: OptimizerShards?
  /// Whether all ranks have the weights of the first, and whether this one has all averages and moments.
  var isSpread = false
  var isCollected = true
  let augmenter: Augmenter?
  let rehearsal: Rehearsal?
  let liking: LikingLessons?
  let objective: Objective
  /// What models are compared by, whatever they learn with.
  let yardstick = Objective()
  private var sampler: BatchSampler
  private var rehearsalSampler: BatchSampler?

  /// A training at its first step.
  /// - Parameters:
  ///   - empty: the embedding of the empty caption.
  ///   - scale: how mel values are scaled, usually `ValueScale(measuring: dataset)`.
  ///   - rehearsal: what the plan's rehearsal repeats; without it the whole batch is of the data set.
  ///   - liking: how much the data set's clips are liked; nil where nobody's taste counts.
  public init(
    _ plan: TrainingPlan, configuration: DenoiserConfiguration, dataset: Dataset, empty: TextEmbedding,
    scale: ValueScale, rehearsal: Rehearsal? = nil, liking: LikingLessons? = nil, threads: Int = Parallel.coreCount
  ) {
    self.plan = plan
    self.liking = liking
    self.dataset = dataset
    self.empty = empty
    self.scale = scale
    self.threads = threads
    objective = Objective(schedule: plan.schedule, frameWeights: plan.frameWeights(dataset.mel, dataset.layout))
    augmenter = plan.augmentation.map { Augmenter($0, dataset: dataset) }
    TensorPool.shared.useHugePages()
    let random = RandomSource(seed: plan.seed).stream(.weights)
    network = DiffusionTransformer(configuration, random)
    average = DiffusionTransformer(configuration, random)
    optimizer = AdamW(network.parameters, averages: average.parameters, settings: plan.optimizer)
    let repeated = rehearsal == nil ? 0 : plan.rehearsal?.count(ofBatch: plan.batchSize) ?? 0
    self.rehearsal = repeated == 0 ? nil : rehearsal?.taught(in: configuration)
    let learned = liking?.clips ?? dataset.trainingIndices
    sampler = BatchSampler(
      plan, count: plan.batchSize - repeated, clips: learned, frameCounts: learned.map(dataset.frameCount),
      patchLength: configuration.patchLength,
      framesPerSecond: dataset.mel.framesPerSecond)
    var excerpts = plan
    // Nothing is known of what comes behind a clip that was made so long.
    excerpts.windows = nil
    rehearsalSampler = self.rehearsal.map { rehearsal in
      BatchSampler(
        excerpts, count: repeated, clips: Array(rehearsal.clips.indices),
        frameCounts: rehearsal.clips.map(\.frames.frameCount), patchLength: configuration.patchLength,
        framesPerSecond: dataset.mel.framesPerSecond, isRehearsal: true)
    }
  }

  /// Sets the weights that the training begins with, instead of random ones.
  func begin(with origin: DiffusionTransformer) {
    for learner in [network, average] { learner.begin(with: origin) }
  }

  /// Teaches the network which captions go with which sounds, before its first step: see `ContrastiveLesson`.
  /// - Parameters:
  ///   - anew: whether it has learned that of other captions before.
  ///   - progress: is told how many steps are done, and of how many.
  /// - Returns: the loss at the end, and what it would be by chance; nil for a network without an alignment, or captions
  ///   that are all alike, which no sound is told apart by.
  @discardableResult
  public func alignCaptions(
    anew: Bool = false, progress: (Int, Int) -> Void = { _, _ in }
  ) -> (loss: Double, chance: Double)? {
    guard let alignment = network.alignment, let follower = average.alignment, dataset.hasDifferentCaptions else {
      return nil
    }
    let lesson = ContrastiveLesson(
      dataset, factor: network.configuration.sentenceFactor, seed: plan.seed, threads: threads)
    let tell = { progress($0, ContrastiveLesson.steps) }
    let loss = anew ? lesson.teachAnew(alignment, progress: tell) : lesson.teach(alignment, progress: tell)
    ExpectationLesson(dataset: dataset, scale: scale, empty: empty, threads: threads).teach(network)
    let learned = alignment.parameters + (network.expectation?.parameters ?? [])
    let copies = follower.parameters + (average.expectation?.parameters ?? [])
    for (copy, parameter) in zip(copies, learned) { copy.value = parameter.value }
    return (loss, lesson.chance)
  }

  /// Counts time that was spent on the training before its first step.
  public func spend(seconds: Double) { self.seconds += seconds }

  /// Whether a checkpoint of the training could be read again: all of its numbers are numbers.
  var isFinite: Bool {
    (network.parameters + average.parameters).allSatisfy(\.value.isFinite)
      && optimizer.slots.allSatisfy { $0.firstMoment.isFinite && $0.secondMoment.isFinite }
  }

  /// Takes the next step of the plan.
  public func advance() -> Report {
    let rate = plan.learningRate(at: step)
    tellToAdvance(rate: rate)
    return takeStep(rate: rate)
  }

  /// Takes the next step, together with all who share the training.
  func takeStep(rate: Float) -> Report {
    let start = DispatchTime.now().uptimeNanoseconds
    let examples = sampler.batch(at: step) + (rehearsalSampler?.batch(at: step) ?? [])
    let lanes = plan.lanes(examples.map(\.patchCount))
    let elements = examples.reduce(0) { $0 + $1.patchCount } * network.configuration.patchWidth
    let own = ownLanes(of: lanes.count)
    shards?.exchange.begin()
    let results = Parallel.map(own.count, threads: threads) { [work = Work(self)] number in
      let microBatches = lanes[own.lowerBound + number].map { $0.map { examples[$0] } }
      return work.trainer.learn(microBatches, lane: number, elements: elements)
    }
    let norm = optimizer.step(
      results.map(\.gradients), learningRate: rate, clip: plan.gradientClip,
      averageDecay: plan.averageDecay(at: step), shards: shards, threads: threads)
    let losses = gatherLosses(results.map(\.loss))
    isCollected = shards == nil
    step += 1
    seconds += Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    return Report(step: step, loss: losses.reduce(0, +), gradientNorm: norm, learningRate: rate)
  }

  /// - Parameter controls: how control tracks are shown; nil for not at all.
  func batch(
    _ examples: [TrainingExample], from source: some LessonSource, times: [Float], controls: ControlLessons? = nil,
    liking: LikingLessons? = nil
  ) -> TrainingBatch {
    TrainingBatch(
      examples, from: source, empty: empty, times: times, scale: scale, frame: dataset.layout,
      sizes: network.configuration,
      controls: controls, liking: liking)
  }

  /// Lets lanes share the trainer, which no lane changes.
  struct Work: @unchecked Sendable {
    let trainer: Trainer
    init(_ trainer: Trainer) { self.trainer = trainer }
  }
}
