import Denoising
import Diffusion
public import Foundation
import Layers
public import Parallelism
import Spectra
public import Synthesis
import Tensors
public import Text

/// Lets a model's network lean toward what a taste likes, by little: what it learns is of low rank, and is written as a voice.
///
/// Of clips x that the model made and noised frames z of them, the network is taught x̂ + λ·a·(x − x̂): what the model
/// predicts, x̂, moved toward clips that are liked more than the others of their prompt (a > 0), and away from those that are
/// liked less. Its mean, x̂ + λ·cov(a, x | z), is to first order the prediction of what the model makes tilted by exp(λ·a),
/// which is what preference learning under a Kullback–Leibler brake wants (Rafailov et al. 2023, Wallace et al. 2024,
/// "Diffusion Model Alignment Using Direct Preference Optimization"); as a regression on the forward process it is that of
/// Zheng et al. 2025 ("DiffusionNFT"). Where nothing is liked more, the model's own prediction is what is taught.
public final class PreferenceTrainer {
  public let plan: PreferencePlan
  private let learner: LowRankLearner
  private let model: ModelBundle
  private let lessons: Rehearsal
  private let advantages: [Float]
  private let objective: Objective
  private let trainingPlan: TrainingPlan
  private let empty: TextEmbedding
  private let threads: Int
  private var sampler: BatchSampler
  public private(set) var step = 0

  /// - Parameter empty: the embedding of the empty caption.
  public init(
    _ plan: PreferencePlan, of model: ModelBundle, clips: PreferenceClips, empty: TextEmbedding,
    threads: Int = Parallel.coreCount
  ) {
    (self.plan, self.model, self.empty, self.threads) = (plan, model, empty, threads)
    learner = LowRankLearner(model.denoiser.copy(), rank: plan.rank, adapts: Self.adapted, seed: plan.seed)
    lessons = Rehearsal(clips.clips, teacher: model.denoiser)
    advantages = clips.advantages
    let training = Self.trainingPlan(plan)
    trainingPlan = training
    let mel = model.configuration.mel
    objective = Objective(
      schedule: training.schedule, frameWeights: training.frameWeights(mel, model.configuration.layout))
    sampler = BatchSampler(
      training, clips: Array(clips.clips.indices), frameCounts: clips.clips.map(\.frames.frameCount),
      patchLength: model.configuration.denoiser.patchLength, framesPerSecond: mel.framesPerSecond)
  }

  /// The matrices that learn: those of the blocks, and what captions become.
  private static let adapted = ["blocks.", "text.", "modulation", "final."]

  private static func trainingPlan(_ plan: PreferencePlan) -> TrainingPlan {
    var training = TrainingPlan()
    (training.steps, training.batchSize, training.learningRate) = (plan.steps, plan.batchSize, plan.learningRate)
    (training.warmupSteps, training.seed) = (min(plan.warmupSteps, plan.steps / 10), plan.seed)
    (training.captionDropout, training.precision) = (plan.captionDropout, plan.precision)
    training.windows = nil
    return training
  }

  /// Takes the next step.
  /// - Returns: the mean loss of the batch.
  public func advance() -> Double {
    let examples = sampler.batch(at: step)
    let elements = examples.reduce(0) { $0 + $1.patchCount } * learner.network.configuration.patchWidth
    defer { step += 1 }
    return learner.step(
      step, of: trainingPlan, lengths: examples.map(\.patchCount), threads: threads
    ) { [work = Work(self)] numbers, gradients in
      work.trainer.learn(numbers.map { examples[$0] }, elements: elements, into: gradients)
    }
  }

  /// The seconds that a step takes here: of the second one, as the first makes what later ones use.
  public func secondsPerStep() -> Double {
    _ = advance()
    let start = DispatchTime.now().uptimeNanoseconds
    _ = advance()
    return Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9
  }

  private func learn(_ examples: [TrainingExample], elements: Int, into gradients: Gradients) -> Double {
    let precision = trainingPlan.precision ?? .lowest
    let times = examples.map { objective.schedule.trainingTimes(count: 1, from: $0.random.stream(.noiseLevel))[0] }
    let batch = TrainingBatch(
      examples, from: lessons, empty: empty, times: times, scale: model.configuration.scale,
      frame: model.configuration.layout, sizes: learner.network.configuration, controls: trainingPlan.controls)
    let target = leaning(lessons.target(of: batch, precision: precision), toward: batch, examples)
    let tape = Tape.recording(into: gradients, precision: precision)
    let prediction = batch.prediction(of: learner.network, on: tape)
    let evaluation = objective.evaluate(
      prediction: prediction.value, clean: target, times: times, elementCounts: batch.elementCounts,
      meanOver: elements)
    tape.backward(from: prediction, gradient: evaluation.gradient)
    return evaluation.loss
  }

  /// What is taught: the model's prediction, moved toward the clip or away from it, as much as it is liked.
  private func leaning(_ prediction: Tensor, toward batch: TrainingBatch, _ examples: [TrainingExample]) -> Tensor {
    var target = prediction
    target.withUnsafeMutable { target in
      batch.clean.withUnsafe { clean in
        var start = 0
        for (example, count) in zip(examples, batch.elementCounts) {
          let share = plan.lean * advantages[example.clip]
          for index in start..<start + count { target[index] += share * (clean[index] - target[index]) }
          start += count
        }
      }
    }
    return target
  }

  /// The model with what was learned.
  public var learned: ModelBundle {
    ModelBundle(
      directory: model.directory, configuration: model.configuration, denoiser: learner.network,
      glossary: model.glossary, lengths: model.lengths)
  }

  /// Writes what was learned as a voice.
  /// - Throws: `ModelError`.
  public func write(to folder: URL, picks: Int) throws(ModelError) {
    var configuration = model.configuration
    (configuration.origin, configuration.training) = (model.name, nil)
    configuration.preference = PreferenceRecord(picks: picks, clips: advantages.count, steps: step)
    try ModelSource.Voice.write(learner.differences, configuration, of: model.directory, in: folder)
  }

  private struct Work: @unchecked Sendable {
    let trainer: PreferenceTrainer
    init(_ trainer: PreferenceTrainer) { self.trainer = trainer }
  }
}
