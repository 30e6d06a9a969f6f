public import Foundation
public import Synthesis

/// A training with a folder: goes on from the folder's checkpoint if there is one, saves as it goes, and leaves a model.
public final class TrainingRun {
  public let trainer: Trainer
  private let output: URL
  private let configuration: ModelConfiguration
  private let datasetName: String
  private let clipCount: Int
  private let pace: Pace
  private var log: TrainingLog
  private var gathered: (loss: Double, steps: Int, seconds: Double) = (0, 0, 0)

  /// How often things happen.
  public struct Pace: Sendable {
    /// Steps between lines of the log, and between measurements of the held-out loss.
    public var logEvery = 50
    public var evaluateEvery = 500
    /// Seconds between checkpoints.
    public var saveEvery = 300.0

    public init() {}
  }

  /// What a run tells as it goes.
  public enum Event: Sendable {
    /// A step was taken; how fast they come, and the seconds left.
    case step(Trainer.Report, smoothedLoss: Double, clipsPerSecond: Double, secondsLeft: Double)
    case heldOut(step: Int, loss: Double)
    case saved(step: Int)
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
    log = TrainingLog(in: output, upTo: trainer.step)
  }

  /// Where a run keeps its state.
  public static func checkpointURL(in output: URL) -> URL {
    output.appendingPathComponent("checkpoint.safetensors")
  }

  /// Trains to the plan's end, or until `shouldStop`; saves in any case.
  public func run(shouldStop: () -> Bool = { false }, tell: (Event) -> Void = { _ in }) throws {
    var lastSave = trainer.seconds
    var smoothed: Double?
    var secondsPerStep: Double?
    while trainer.step < trainer.plan.steps, !shouldStop() {
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
      note(report, tell)
      if trainer.seconds - lastSave >= self.pace.saveEvery {
        try save(tell)
        lastSave = trainer.seconds
      }
    }
    try save(tell)
  }

  private func note(_ report: Trainer.Report, _ tell: (Event) -> Void) {
    let isLast = report.step == trainer.plan.steps
    guard report.step % pace.logEvery == 0 || isLast else { return }
    var heldOut: Double?
    if report.step % pace.evaluateEvery == 0 || isLast {
      heldOut = trainer.heldOutLoss()
      if let heldOut { tell(.heldOut(step: report.step, loss: heldOut)) }
    }
    log.append(
      TrainingLog.Entry(
        step: report.step, seconds: trainer.seconds, loss: gathered.loss / Double(gathered.steps),
        learningRate: report.learningRate,
        clipsPerSecond: Double(gathered.steps * trainer.plan.batchSize) / gathered.seconds, heldOutLoss: heldOut))
    gathered = (0, 0, 0)
  }

  private func save(_ tell: (Event) -> Void) throws {
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    var configuration = configuration
    configuration.training = TrainingRecord(
      dataset: datasetName, clipCount: clipCount, steps: trainer.step,
      clipsSeen: trainer.step * trainer.plan.batchSize, hours: trainer.seconds / 3600,
      heldOutLoss: log.entries.last(where: { $0.heldOutLoss != nil })?.heldOutLoss)
    try ModelBundle(directory: output, configuration: configuration, denoiser: trainer.average).write()
    try log.write()
    try Checkpoint.write(trainer, to: Self.checkpointURL(in: output))
    tell(.saved(step: trainer.step))
  }
}
