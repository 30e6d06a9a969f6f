public import Denoising
public import Foundation
import Storage
public import Synthesis

/// A training with a folder: goes on from the folder's checkpoint if there is one, saves as it goes, and leaves a model:
/// the one that did best on clips that it has not learned from.
///
/// The caller holds the folder (`TrainingFolder`).
public final class TrainingRun {
  public let trainer: Trainer
  let output: URL
  let configuration: ModelConfiguration
  let dataset: DatasetIdentity
  let pace: Pace
  let checkpoints: CheckpointFiles
  var log: TrainingLog
  var watch: OverfittingWatch
  /// The model in the folder; nil while there is none.
  var kept: KeptModel?
  /// The step of the model that the folder holds; nil where it holds none.
  public var keptStep: Int? { kept?.steps }
  /// A model that could not be written, and is still to be.
  var unwritten: ModelBundle?
  /// Whether the last checkpoint is one to keep when the next is written.
  var keepsLastCheckpoint: Bool
  /// What there is to say of how the run goes on.
  public internal(set) var notes: [Note] = []
  /// Makes clips with the moving average, and says what they are worth; nil where nobody listens.
  public var listen: ((DiffusionTransformer, ModelConfiguration, Int) -> Preview?)?
  var gathered = Gathered()
  var divergence: DivergenceWatch
  /// How often the run went back.
  var returns = 0
  private var clock = StepClock()

  /// Takes the trainer to the folder's checkpoint, or writes a first one.
  /// - Parameter datasetName: the name of the folder of samples.
  /// - Throws: `CheckpointError` when a checkpoint is there but cannot be resumed, or none can be written.
  public init(
    _ trainer: Trainer, configuration: ModelConfiguration, datasetName: String, output: URL, pace: Pace = Pace()
  ) throws {
    self.trainer = trainer
    self.configuration = configuration
    self.output = output
    self.pace = pace
    dataset = trainer.dataset.identity(name: datasetName)
    checkpoints = CheckpointFiles(in: output)
    divergence = DivergenceWatch(batchSize: trainer.plan.batchSize)
    let found = try checkpoints.restore(trainer)
    keepsLastCheckpoint = found?.damage == nil
    log = TrainingLog(in: output, upTo: trainer.step)
    watch = OverfittingWatch(patience: pace.patience)
    guard let found else {
      try DurableFile.makeFolder(output)
      // Never is there a model of a training that cannot be gone on with; and a full disk is better known now.
      try writeCheckpoint()
      return
    }
    if let damage = found.damage { notes.append(.olderCheckpoint(step: trainer.step, reason: damage.description)) }
    takeUp(found.state)
  }

  /// Trains to the plan's end, or until `shouldStop`, or until patience ends; saves in any case.
  /// - Throws: `TrainingRunError.diverged`; and when what is to be saved cannot be written, at the end, after some tries.
  @discardableResult
  public func run(shouldStop: () -> Bool = { false }, tell: (Event) -> Void = { _ in }) throws -> Ending {
    timed { measureBeginning() }
    var nextSave = trainer.seconds + pace.saveEvery
    var smoothed: Double?
    var secondsPerStep: Double?
    while trainer.step < trainer.plan.steps, !watch.isOutOfPatience, !shouldStop() {
      let before = trainer.seconds
      let report = trainer.advance()
      let took = trainer.seconds - before
      guard !divergence.sees(report.loss) else {
        try goBack(tell)
        smoothed = nil
        continue
      }
      smoothed = smoothed.map { 0.98 * $0 + 0.02 * report.loss } ?? report.loss
      secondsPerStep = secondsPerStep.map { 0.95 * $0 + 0.05 * took } ?? took
      gathered.add(report.loss, seconds: took)
      followClock()
      let rate = secondsPerStep ?? took
      tell(
        .step(
          report, of: trainer.plan.steps, smoothedLoss: smoothed ?? report.loss,
          clipsPerSecond: Double(trainer.plan.batchSize) / rate,
          secondsLeft: Double(trainer.plan.steps - trainer.step) * rate))
      let isSaved = try timed {
        let isNoted = try note(report, tell)
        return trainer.seconds >= nextSave ? try attempt(tell) { try save(tell) } : isNoted
      }
      if trainer.seconds >= nextSave || !isSaved {
        nextSave = trainer.seconds + (isSaved ? pace.saveEvery : min(pace.retryEvery, pace.saveEvery))
      }
    }
    try saveAtLast(tell)
    if kept == nil, trainer.step >= trainer.plan.steps || watch.isOutOfPatience {
      throw TrainingRunError.learnedNothing(step: trainer.step, path: output.path)
    }
    if trainer.step >= trainer.plan.steps { return .planned }
    if let best = watch.best, watch.isOutOfPatience { return .outOfPatience(best: best.step) }
    return .stopped
  }

  /// Logs and measures, where it is time.
  /// - Returns: whether there was nothing to save, or it is saved.
  private func note(_ report: Trainer.Report, _ tell: (Event) -> Void) throws -> Bool {
    let isLast = report.step == trainer.plan.steps
    let isMeasured = report.step % pace.evaluateEvery == 0 || isLast
    guard report.step % pace.logEvery == 0 || isMeasured else { return true }
    guard let loss = gathered.loss else { throw diverged }
    let losses = isMeasured ? trainer.losses() : nil
    let preview = losses == nil ? nil : listen?(trainer.average, configuration, report.step)
    let entry = TrainingLog.Entry(
      step: report.step, seconds: trainer.seconds, loss: loss, learningRate: report.learningRate,
      clipsPerSecond: Double(gathered.steps * trainer.plan.batchSize) / gathered.seconds,
      heldOutLoss: losses.flatMap { $0.heldOut.isFinite ? $0.heldOut : nil },
      learnedLoss: losses.flatMap { $0.learned.isFinite ? $0.learned : nil }, obedience: preview?.obedience,
      novelty: preview?.novelty)
    log.append(entry)
    gathered = Gathered()
    guard let losses else { return true }
    if let preview { tell(.previewed(step: report.step, preview)) }
    tell(.heldOut(step: report.step, losses))
    guard !isRuined(losses) else {
      try goBack(tell)
      return true
    }
    guard takesPlace(entry, isBest: see(entry)) else { return true }
    return try attempt(tell) { try keepModel(entry, tell) }
  }

  /// While the learning rate is held, and the clips are not being learned by heart, a held-out loss that does not fall only
  /// says that the rate is high: what is gained shows when it falls.
  @discardableResult
  func see(_ entry: TrainingLog.Entry) -> Bool {
    guard let loss = entry.heldOutLoss else { return false }
    // What is heard says more than a few held-out clips do.
    let isHeardToBeNew = entry.novelty.map { $0 >= Preview.leastNovelty } ?? false
    let isByHeart = entry.learnedLoss.map { loss > TrainingRecord.alarmingGap * $0 } ?? false
    return watch.sees(
      loss, at: entry.step,
      triesPatience: !isHeardToBeNew && (isByHeart || entry.step >= trainer.plan.decayStart))
  }

  /// Lets what is done between steps count as time of the training.
  private func timed<Result>(_ work: () throws -> Result) rethrows -> Result {
    let start = DispatchTime.now().uptimeNanoseconds
    defer { trainer.seconds += Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9 }
    return try work()
  }

  /// Where the plan is one of time, lets its number of steps follow how fast they come.
  private func followClock() {
    guard let pace = clock.secondsPerStep(at: trainer.step, seconds: trainer.seconds) else { return }
    trainer.plan.followClock(at: trainer.step, seconds: trainer.seconds, secondsPerStep: pace)
  }
}
