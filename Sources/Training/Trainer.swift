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
  private let augmenter: Augmenter?
  private let rehearsal: Rehearsal?
  private let liking: LikingLessons?
  private let objective: Objective
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
    objective = Objective(schedule: plan.schedule, frameWeights: plan.bandWeights(dataset.mel))
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
  /// - Parameter progress: is told how many steps are done, and of how many.
  /// - Returns: the loss at the end, and what it would be by chance; nil for a network without an alignment, or captions
  ///   that are all alike, which no sound is told apart by.
  @discardableResult
  public func alignCaptions(progress: (Int, Int) -> Void = { _, _ in }) -> (loss: Double, chance: Double)? {
    guard let alignment = network.alignment, let follower = average.alignment, dataset.hasDifferentCaptions else {
      return nil
    }
    let lesson = ContrastiveLesson(
      dataset, factor: network.configuration.sentenceFactor, seed: plan.seed, threads: threads)
    let loss = lesson.teach(alignment) { progress($0, ContrastiveLesson.steps) }
    for (copy, parameter) in zip(follower.parameters, alignment.parameters) { copy.value = parameter.value }
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
    let start = DispatchTime.now().uptimeNanoseconds
    let examples = sampler.batch(at: step) + (rehearsalSampler?.batch(at: step) ?? [])
    let lanes = plan.lanes(examples.map(\.patchCount))
    let elements = examples.reduce(0) { $0 + $1.patchCount } * network.configuration.patchWidth
    let results = Parallel.map(lanes.count, threads: threads) { [work = Work(self)] lane in
      work.trainer.learn(lanes[lane].map { $0.map { examples[$0] } }, elements: elements)
    }
    let rate = plan.learningRate(at: step)
    let norm = optimizer.step(
      results.map(\.gradients), learningRate: rate, clip: plan.gradientClip,
      averageDecay: plan.averageDecay(at: step), threads: threads)
    step += 1
    seconds += Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
    return Report(
      step: step, loss: results.reduce(0) { $0 + $1.loss }, gradientNorm: norm, learningRate: rate)
  }

  /// One lane's share of a step: its micro-batches one after another, their gradients summed.
  private func learn(_ microBatches: [[TrainingExample]], elements: Int) -> LaneResult {
    let gradients = Gradients()
    var loss = 0.0
    for examples in microBatches {
      let lessons = examples.filter { !$0.isRehearsed }
      if !lessons.isEmpty {
        let batch = lesson(lessons)
        loss += learn(batch, target: batch.clean, elements: elements, into: gradients)
      }
      let repetitions = examples.filter(\.isRehearsed)
      guard let rehearsal, !repetitions.isEmpty else { continue }
      let batch = batch(repetitions, from: rehearsal, times: times(of: repetitions), controls: plan.controls)
      let target = rehearsal.target(of: batch, precision: precision)
      loss += learn(batch, target: target, elements: elements, into: gradients)
    }
    return LaneResult(gradients: gradients, loss: loss)
  }

  private var precision: Precision { plan.precision ?? .lowest }

  private func times(of examples: [TrainingExample]) -> [Float] {
    examples.map { objective.schedule.trainingTimes(count: 1, from: $0.random.stream(.noiseLevel))[0] }
  }

  /// Examples of the data set, varied as the plan has it.
  private func lesson(_ examples: [TrainingExample]) -> TrainingBatch {
    let times = times(of: examples)
    guard let augmenter else {
      return batch(examples, from: dataset, times: times, controls: plan.controls, liking: liking)
    }
    return batch(examples, from: augmenter, times: times, controls: plan.controls, liking: liking)
  }

  /// - Parameter target: what is to be predicted, the clean patches or what another network makes of the noised ones.
  /// - Returns: the batch's part of the step's loss.
  private func learn(_ batch: TrainingBatch, target: Tensor, elements: Int, into gradients: Gradients) -> Double {
    let tape = Tape.recording(into: gradients, precision: precision)
    let prediction = batch.prediction(of: network, on: tape)
    let evaluation = objective.evaluate(
      prediction: prediction.value, clean: target, times: batch.times, elementCounts: batch.elementCounts,
      meanOver: elements)
    tape.backward(from: prediction, gradient: evaluation.gradient)
    return evaluation.loss
  }

  /// - Parameter controls: how control tracks are shown; nil for not at all.
  func batch(
    _ examples: [TrainingExample], from source: some LessonSource, times: [Float], controls: ControlLessons? = nil,
    liking: LikingLessons? = nil
  ) -> TrainingBatch {
    TrainingBatch(
      examples, from: source, empty: empty, times: times, scale: scale, sizes: network.configuration,
      controls: controls, liking: liking)
  }

  /// Lets lanes share the trainer, which no lane changes.
  struct Work: @unchecked Sendable {
    let trainer: Trainer
    init(_ trainer: Trainer) { self.trainer = trainer }
  }

  private struct LaneResult: @unchecked Sendable {
    let gradients: Gradients
    let loss: Double
  }
}
