public import Foundation
public import Synthesis
import Tensors

/// A training with a folder: goes on from the folder's checkpoint if there is one, saves as it goes, and leaves a model:
/// the one that did best on clips that it has not learned from.
public final class TrainingRun {
  public let trainer: Trainer
  private let output: URL
  private let configuration: ModelConfiguration
  private let datasetName: String
  private let clipCount: Int
  private let pace: Pace
  private var log: TrainingLog
  private var watch: OverfittingWatch
  private var gathered: (loss: Double, steps: Int, seconds: Double) = (0, 0, 0)

  /// How often things happen.
  public struct Pace: Sendable {
    /// Steps between lines of the log, and between measurements of the held-out loss.
    public var logEvery = 50
    public var evaluateEvery = 500
    /// Measurements of the held-out loss without a new best after which training stops; nil for never.
    public var patience: Int?
    /// Seconds between checkpoints.
    public var saveEvery = 300.0

    public init() {}
  }

  /// What a run tells as it goes.
  public enum Event: Sendable {
    /// A step was taken; how fast they come, and the seconds left.
    case step(Trainer.Report, smoothedLoss: Double, clipsPerSecond: Double, secondsLeft: Double)
    case heldOut(step: Int, Trainer.Losses)
    case saved(step: Int)
  }

  /// How a run ended.
  public enum Ending: Sendable, Equatable {
    case planned
    case stopped
    /// The held-out loss has long been least at an earlier step, whose model was kept.
    case outOfPatience(best: Int)
  }

  /// - Throws: when a checkpoint is there but cannot be resumed.
  public init(
    _ trainer: Trainer, configuration: ModelConfiguration, datasetName: String, clipCount: Int, output: URL,
    pace: Pace = Pace()
  ) throws(CheckpointError) {
    self.trainer = trainer
    self.configuration = configuration
    self.datasetName = datasetName
    self.clipCount = clipCount
    self.output = output
    self.pace = pace
    let checkpoint = Self.checkpointURL(in: output)
    if FileManager.default.fileExists(atPath: checkpoint.path) {
      try Checkpoint.restore(trainer, from: checkpoint)
    }
    // A killed run may leave a checkpoint of hundreds of megabytes half written.
    for url in [checkpoint, ModelBundle.weightsURL(in: output)] { Safetensors.removeLeftovers(of: url) }
    log = TrainingLog(in: output, upTo: trainer.step)
    watch = OverfittingWatch(patience: pace.patience)
    for entry in log.entries { see(entry) }
  }

  /// Where a run keeps its state.
  public static func checkpointURL(in output: URL) -> URL {
    output.appendingPathComponent("checkpoint.safetensors")
  }

  /// Trains to the plan's end, or until `shouldStop`, or until patience ends; saves in any case.
  @discardableResult
  public func run(shouldStop: () -> Bool = { false }, tell: (Event) -> Void = { _ in }) throws -> Ending {
    var lastSave = trainer.seconds
    var smoothed: Double?
    var secondsPerStep: Double?
    while trainer.step < trainer.plan.steps, !watch.isOutOfPatience, !shouldStop() {
      let before = trainer.seconds
      let report = trainer.advance()
      let took = trainer.seconds - before
      smoothed = smoothed.map { 0.98 * $0 + 0.02 * report.loss } ?? report.loss
      secondsPerStep = secondsPerStep.map { 0.95 * $0 + 0.05 * took } ?? took
      gathered = (gathered.loss + report.loss, gathered.steps + 1, gathered.seconds + took)
      let pace = secondsPerStep ?? took
      tell(
        .step(
          report, smoothedLoss: smoothed ?? report.loss, clipsPerSecond: Double(trainer.plan.batchSize) / pace,
          secondsLeft: Double(trainer.plan.steps - trainer.step) * pace))
      try note(report, tell)
      if trainer.seconds - lastSave >= self.pace.saveEvery {
        try save(tell)
        lastSave = trainer.seconds
      }
    }
    try save(tell)
    if trainer.step == trainer.plan.steps { return .planned }
    if let best = watch.best, watch.isOutOfPatience { return .outOfPatience(best: best.step) }
    return .stopped
  }

  private func note(_ report: Trainer.Report, _ tell: (Event) -> Void) throws {
    let isLast = report.step == trainer.plan.steps
    let isMeasured = report.step % pace.evaluateEvery == 0 || isLast
    guard report.step % pace.logEvery == 0 || isMeasured else { return }
    let losses = isMeasured ? trainer.losses() : nil
    let entry = TrainingLog.Entry(
      step: report.step, seconds: trainer.seconds, loss: gathered.loss / Double(gathered.steps),
      learningRate: report.learningRate,
      clipsPerSecond: Double(gathered.steps * trainer.plan.batchSize) / gathered.seconds,
      heldOutLoss: losses?.heldOut, learnedLoss: losses?.learned)
    log.append(entry)
    gathered = (0, 0, 0)
    guard let losses else { return }
    tell(.heldOut(step: report.step, losses))
    if see(entry) { try saveModel(entry) }
  }

  /// While the learning rate is held, and the clips are not being learned by heart, a held-out loss that does not fall only
  /// says that the rate is high: what is gained shows when it falls.
  @discardableResult
  private func see(_ entry: TrainingLog.Entry) -> Bool {
    guard let loss = entry.heldOutLoss else { return false }
    let isByHeart = entry.learnedLoss.map { loss > TrainingRecord.alarmingGap * $0 } ?? false
    return watch.sees(
      loss, at: entry.step, triesPatience: isByHeart || entry.step >= trainer.plan.decayStart)
  }

  private func save(_ tell: (Event) -> Void) throws {
    // Once models are measured, the best one stays.
    if watch.best == nil { try saveModel(nil) }
    try log.write()
    try Checkpoint.write(trainer, to: Self.checkpointURL(in: output))
    tell(.saved(step: trainer.step))
  }

  /// Writes the model as it is now.
  /// - Parameter entry: what was measured of it.
  private func saveModel(_ entry: TrainingLog.Entry?) throws {
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    var configuration = configuration
    configuration.training = TrainingRecord(
      dataset: datasetName, clipCount: clipCount, steps: trainer.step,
      clipsSeen: trainer.step * trainer.plan.batchSize, hours: trainer.seconds / 3600,
      heldOutLoss: entry?.heldOutLoss, learnedLoss: entry?.learnedLoss)
    try ModelBundle(directory: output, configuration: configuration, denoiser: trainer.average).write()
  }
}
