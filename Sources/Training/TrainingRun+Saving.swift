import Denoising
import Foundation
import Storage
import Synthesis
import Tensors

/// What a run leaves in its folder. Each file is written whole; a disk that is full does not end a training.
extension TrainingRun {
  /// Saves all: the model, where none was measured, the log, and the checkpoint.
  func save(_ tell: (Event) -> Void) throws {
    try writeModel(tell)
    // Once models are measured, the best one stays; and so does what is there already.
    if watch.best == nil, kept?.loss == nil, kept?.steps != trainer.step,
      isNoWorseThanBeginning(trainer.losses()?.heldOut)
    {
      try keepModel(nil, tell)
    }
    do {
      try log.write()
    } catch let error as StorageError {
      throw CheckpointError.cannotWrite(path: output.path, reason: error.reason)
    }
    try writeCheckpoint()
    tell(.saved(step: trainer.step))
  }

  /// Does what may fail for want of space, and tells if it does.
  /// - Returns: whether it was done.
  /// - Throws: `TrainingRunError.diverged`, which no waiting helps against.
  func attempt(_ tell: (Event) -> Void, _ work: () throws -> Void) throws -> Bool {
    do {
      try work()
      return true
    } catch let error as TrainingRunError {
      throw error
    } catch {
      tell(.couldNotSave(step: trainer.step, reason: "\(error)"))
      return false
    }
  }

  /// Saves at the end of a run, which waits for space as long as its pace says.
  func saveAtLast(_ tell: (Event) -> Void) throws {
    for _ in 0..<pace.lastRetries {
      if try attempt(tell, { try save(tell) }) { return }
      Thread.sleep(forTimeInterval: pace.retryEvery)
    }
    try save(tell)
  }

  func writeCheckpoint() throws {
    trainer.collect()
    guard trainer.isFinite else { throw diverged }
    let surroundings = Checkpoint.Surroundings(
      configuration: configuration, dataset: dataset, course: watch.course, patience: pace.patience ?? 0)
    try checkpoints.write(trainer, surroundings: surroundings, keepsLast: keepsLastCheckpoint)
    keepsLastCheckpoint = true
  }

  /// Makes the model of now the one that the folder keeps.
  /// - Parameter entry: what was measured of it.
  func keepModel(_ entry: TrainingLog.Entry?, _ tell: (Event) -> Void) throws {
    trainer.collect()
    guard trainer.isFinite else { throw diverged }
    var configuration = configuration
    configuration.training = TrainingRecord(
      dataset: dataset.name, clipCount: dataset.clipCount, steps: trainer.step,
      clipsSeen: trainer.step * trainer.plan.batchSize, hours: trainer.seconds / 3600,
      heldOutLoss: entry?.heldOutLoss, learnedLoss: entry?.learnedLoss, datasetHash: dataset.hash,
      obedience: entry?.obedience, novelty: entry?.novelty)
    // A copy, which stays as it is if it has to wait.
    unwritten = ModelBundle(directory: output, configuration: configuration, denoiser: trainer.average.copy())
    try writeModel(tell)
  }

  /// Writes the model that is to be kept, if it is not written yet.
  private func writeModel(_ tell: (Event) -> Void) throws {
    guard let bundle = unwritten, let record = bundle.configuration.training else { return }
    try bundle.write()
    unwritten = nil
    kept = KeptModel(steps: record.steps, loss: record.heldOutLoss, obedience: record.obedience)
    tell(.keptModel(step: record.steps))
  }

  var diverged: TrainingRunError { .diverged(step: trainer.step, path: output.path) }
}

/// Why a training cannot go on.
public enum TrainingRunError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The weights or the losses are no numbers any more.
  case diverged(step: Int, path: String)
  /// At no time was it better than what it began with.
  case learnedNothing(step: Int, path: String)

  public var description: String {
    switch self {
    case .diverged(let step, let path):
      "\(path): the training has diverged: at step \(step) its numbers are no numbers any more; what was saved before stays; "
        + "begin anew in another folder, with a lower --learning-rate"
    case .learnedNothing(let step, let path):
      "\(path): in \(step) steps the training has not become better than what it began with, so no model was written; "
        + "train for longer, or with a lower --learning-rate"
    }
  }
}
