import Foundation
import Synthesis

/// How a run goes on where earlier ones stopped.
extension TrainingRun {
  /// What there is to say of a training that goes on.
  public enum Note: Sendable, Equatable {
    /// The last checkpoint is damaged, and the one before is used.
    case olderCheckpoint(step: Int, reason: String)
    /// The samples are not those of the checkpoint.
    case otherDataset(before: DatasetIdentity?, now: DatasetIdentity)
    /// It waits longer, or less long, for a better model than the last run did; 0 for ever.
    case otherPatience(before: Int, now: Int)
    /// The model that is there was measured on the samples of now.
    case measuredAnew(step: Int, loss: Double)
  }

  /// Takes up what earlier runs have seen.
  func takeUp(_ state: Checkpoint.State) {
    kept = KeptModel(in: output, dataset: dataset)
    if let before = state.surroundings?.patience, before != pace.patience ?? 0 {
      notes.append(.otherPatience(before: before, now: pace.patience ?? 0))
    }
    let before = state.surroundings?.dataset
    let hasChanged = before.map { $0 != dataset } ?? !(kept?.isOfThisDataset ?? true)
    if hasChanged {
      notes.append(.otherDataset(before: before, now: dataset))
    } else if let course = state.surroundings?.course {
      watch = OverfittingWatch(patience: pace.patience, course: course)
    } else {
      for entry in log.entries { see(entry) }
    }
    if let kept, hasChanged || !kept.isOfThisDataset { measureAnew(kept) }
    // What the log does not say the model itself does.
    if let kept, let loss = kept.loss, kept.steps <= trainer.step, loss < watch.best?.loss ?? .infinity {
      let disappointments = watch.course.disappointments
      watch = OverfittingWatch(
        patience: pace.patience,
        course: .init(bestStep: kept.steps, bestLoss: loss, disappointments: disappointments))
    }
    // Whoever asks for another number of steps wants them.
    if state.plan.steps != trainer.plan.steps { watch.takeHeart() }
  }

  /// A loss is one of certain held-out clips: on others it says nothing.
  private func measureAnew(_ model: KeptModel) {
    let loss = (try? ModelBundle(reading: output)).flatMap { bundle in trainer.losses(of: bundle.denoiser)?.heldOut }
    kept?.loss = loss
    if let loss { notes.append(.measuredAnew(step: model.steps, loss: loss)) }
  }

  /// Whether there is a model in the folder.
  public var keepsModel: Bool { kept != nil }

  /// Whether the model in the folder learned from the samples of now.
  public var keepsModelOfItsDataset: Bool { kept?.isOfThisDataset ?? false }
}
