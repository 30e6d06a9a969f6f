import Denoising
import Diffusion
public import Foundation
import Layers
public import Parallelism
public import Synthesis
import Tensors

/// Teaches a model to go from noise to sound in two steps, guidance included, and leaves it as it is in more.
///
/// Of clips that the model made in its own steps, z on the way, the network is told of a leap from t to r, and is taught the
/// point that leads from z_t to z_r: the mean velocity of the way, which is what one step of that length wants (MeanFlow:
/// Geng et al. 2025, arXiv 2505.13447). The model's ways are taught as they went, so that no velocity has to be
/// differentiated. What is learned is of low rank, and stands beside the weights in `leaps.safetensors` (as in LCM-LoRA: Luo
/// et al. 2023, arXiv 2311.05556).
public final class LeapTrainer {
  public let plan: LeapPlan
  private let model: ModelBundle
  private let walks: LeapWalks
  private let learner: LowRankLearner
  private let objective: Objective
  private let trainingPlan: TrainingPlan
  private let threads: Int
  public private(set) var step = 0

  public init(_ plan: LeapPlan, of model: ModelBundle, walks: LeapWalks, threads: Int = Parallel.coreCount) {
    precondition(!walks.training.isEmpty, "no ways to learn from")
    (self.plan, self.model, self.walks, self.threads) = (plan, model, walks, threads)
    let network = model.denoiser.copy(leapCount: Leap.featureCount)
    learner = LowRankLearner(
      network, rank: plan.rank, adapts: Self.adapted,
      whole: network.parameters.filter { $0.name.hasPrefix("leap.") }, seed: plan.seed)
    var training = TrainingPlan()
    (training.steps, training.batchSize, training.learningRate) = (plan.steps, plan.batchSize, plan.learningRate)
    (training.warmupSteps, training.precision) = (min(plan.warmupSteps, plan.steps / 10), plan.precision)
    trainingPlan = training
    objective = Objective(
      schedule: training.schedule,
      frameWeights: training.frameWeights(model.configuration.mel, model.configuration.layout))
  }

  /// The matrices that learn: all but those of captions.
  private static let adapted = ["input.", "blocks.", "modulation", "final.", "refinement."]

  /// Takes the next step.
  /// - Returns: the mean loss of the batch.
  public func advance() -> Double {
    let chosen = draw(step)
    let elements = chosen.reduce(0) { $0 + $1.walk.states[0].count }
    defer { step += 1 }
    return learner.step(
      step, of: trainingPlan, lengths: chosen.map { $0.walk.states[0].shape[0] }, threads: threads
    ) { [work = Work(self)] numbers, gradients in
      work.trainer.learn(numbers.map { chosen[$0] }, elements: elements, into: gradients)
    }
  }

  /// The leaps of a step.
  private func draw(_ step: Int) -> [LeapLesson] {
    var random = RandomSource(seed: plan.seed).stream(.leaps).split(UInt64.max).split(UInt64(step))
    return (0..<plan.batchSize).map { _ in
      let walk = walks.training[random.integer(below: walks.training.count)]
      let place = random.integer(below: Leap.places.count - 1)
      return LeapLesson(walk: walk, place: place)
    }
  }

  private func learn(_ lessons: [LeapLesson], elements: Int, into gradients: Gradients) -> Double {
    let batch = LeapBatch(lessons.map(\.question))
    let tape = Tape.recording(into: gradients, precision: plan.precision ?? .lowest)
    let prediction = batch.prediction(of: learner.network, on: tape)
    let evaluation = objective.evaluate(
      prediction: prediction.value, clean: LeapBatch.joined(lessons.map(\.target)), times: batch.times,
      elementCounts: batch.elementCounts, meanOver: elements)
    tape.backward(from: prediction, gradient: evaluation.gradient)
    return evaluation.loss
  }

  /// How far clips in two steps end from where the model's own eight end: in leaps, and in plain steps. Of clips that are not
  /// learned from: the root of the mean square, as a share of the clips' deviation.
  public func distances() -> (leaping: Double, plain: Double) {
    let found = Parallel.map(walks.heldOut.count, threads: threads) { [work = Work(self)] number in
      let (trainer, example) = (work.trainer, work.trainer.walks.heldOut[number])
      return (example.squares(from: trainer.end(of: example.walk)), example.squares(from: example.plainEnd))
    }
    let clips = walks.heldOut.reduce(0) { $0 + $1.squares(from: nil) }
    func share(_ squares: [Double]) -> Double { clips > 0 ? (squares.reduce(0, +) / clips).squareRoot() : 0 }
    return (share(found.map(\.0)), share(found.map(\.1)))
  }

  /// Where leaps end.
  private func end(of walk: Walk) -> Tensor {
    let times = Leap.places.map { Leap.taughtTimes[$0] }
    return EulerSampler().sample(from: walk.states[0], times: times) { z, t in
      let leap = Leap(at: t, of: times, guidance: walk.guidance)
      let batch = LeapBatch([LeapBatch.Question(walk: walk, start: z, leap: leap)])
      return batch.prediction(of: learner.network, on: .inference(precision: plan.precision ?? .fastest)).value
    }
  }

  /// The model with what was learned.
  public var learned: ModelBundle {
    ModelBundle(
      directory: model.directory, configuration: model.configuration, denoiser: model.denoiser,
      glossary: model.glossary, lengths: model.lengths,
      leaps: LeapNetwork(learner.differences, addedTo: model.denoiser))
  }

  /// The file that `write` makes in a model's folder.
  public static func file(inModel folder: URL) -> URL { LeapNetwork.url(inModel: folder) }

  /// What `write` makes.
  public var file: URL { Self.file(inModel: model.directory) }

  /// Writes what was learned into the model's folder.
  /// - Parameter weights: `ModelBundle.weightsHash(of:)` of what was read: other weights have nothing to leap with.
  /// - Throws: `ModelError.cannotWrite`.
  public func write(learnedFrom weights: String) throws(ModelError) {
    try LeapNetwork.write(learner.differences, learnedFrom: weights, inModel: model.directory)
  }

  /// The largest rank with which any matrix of a model learns.
  public static func largestRank(for model: ModelBundle) -> Int {
    LowRankLearner.largestRank(for: model.denoiser, adapts: adapted)
  }

  private struct Work: @unchecked Sendable {
    let trainer: LeapTrainer
    init(_ trainer: LeapTrainer) { self.trainer = trainer }
  }
}
