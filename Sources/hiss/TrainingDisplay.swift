import Foundation
import Synthesis
import Training

/// Shows a training: a line that is written over on a terminal, a line now and then elsewhere.
final class TrainingDisplay {
  /// Whether each step is also told on stdout, as a line of JSON.
  private let tellsJSON: Bool
  private let line = ProgressLine("")
  private var heldOut: Double?
  private var hasWarned = false
  /// Whether clips are listened to, which say more than losses.
  private var isHeard = false
  /// Why the last saving failed.
  private var trouble: String?

  init(tellsJSON: Bool = false) { self.tellsJSON = tellsJSON }

  /// A line of JSON.
  private struct Progress: Encodable {
    var step: Int
    var steps: Int
    var loss: Double
    var heldOut: Double?
    var clipsPerSecond: Double
    var secondsLeft: Double
  }

  func show(_ event: TrainingRun.Event) {
    switch event {
    case .step(let report, let steps, let loss, let clipsPerSecond, let left):
      if tellsJSON {
        let progress = Progress(
          step: report.step, steps: steps, loss: loss, heldOut: heldOut, clipsPerSecond: clipsPerSecond,
          secondsLeft: left)
        try? Console.result(json: progress, isPretty: false)
      }
      let held = heldOut.map { String(format: ", held out %.4f", $0) } ?? ""
      let text = String(
        format: "step %d of %d: loss %.4f%@, %.1f clips/s, %@ left", report.step, steps, loss, held, clipsPerSecond,
        Console.duration(left))
      line.write(text)
      if !Console.isTerminal, report.step % 500 == 0 || report.step == steps { Console.note(text) }
    case .heldOut(let step, let losses):
      heldOut = losses.heldOut
      guard losses.gap > TrainingRecord.alarmingGap, !hasWarned, !isHeard else { break }
      hasWarned = true
      line.finish()
      Console.note(
        String(
          format:
            "warning: at step %d the loss on clips not learned from is %.2f times that on the others: it begins to "
            + "learn them by heart (more samples, or --noise-augmentation, help)", step, losses.gap))
    case .couldNotSave(let step, let reason):
      // Once for each reason, though it is tried again and again.
      guard trouble != reason else { break }
      trouble = reason
      line.finish()
      Console.note("warning: nothing can be saved at step \(step), and it is tried again: \(reason)")
    case .saved(let step):
      guard trouble != nil else { break }
      trouble = nil
      line.finish()
      Console.note("saved at step \(step)")
    case .wentBack(let from, let to, let rate):
      line.finish()
      Console.note(
        "warning: the training diverged at step \(from); it goes on from step \(to) with a learning rate of "
          + String(format: "%.2g", rate))
    case .previewed(let step, let preview):
      isHeard = true
      line.finish()
      Console.note(
        String(
          format: "step %d: %.0f %% of what real clips get recognised, novelty %.2f", step, 100 * preview.obedience,
          preview.novelty))
    case .keptModel: break
    }
  }

  /// What a training that goes on begins with.
  static func text(of note: TrainingRun.Note) -> String {
    switch note {
    case .olderCheckpoint(let step, let reason):
      "warning: \(reason); going on from the checkpoint before, of step \(step)"
    case .otherDataset(let before?, let now):
      "note: the samples have changed since the last run: \(before.name) with \(before.clipCount) clips then, \(now.name) with "
        + "\(now.clipCount) clips now"
    case .otherDataset(nil, let now):
      "note: the model that is there learned from other samples than \(now.name) with \(now.clipCount) clips"
    case .otherPatience(let before, let now):
      "note: --patience is \(now) from now on; in the last run it was \(before)"
    case .measuredAnew(let step, let loss):
      String(
        format: "note: the best model so far, of step %d, has a held-out loss of %.4f on the samples of now", step, loss
      )
    }
  }

  func finish() { line.finish() }
}
