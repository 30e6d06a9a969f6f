import Foundation
import Synthesis
import Training

/// Shows a training: a line that is written over on a terminal, a line now and then elsewhere.
final class TrainingDisplay {
  private let steps: Int
  private let line = ProgressLine("")
  private var heldOut: Double?
  private var hasWarned = false

  init(steps: Int) { self.steps = steps }

  func show(_ event: TrainingRun.Event) {
    switch event {
    case .step(let report, let loss, let clipsPerSecond, let left):
      let held = heldOut.map { String(format: ", held out %.4f", $0) } ?? ""
      let text = String(
        format: "step %d of %d: loss %.4f%@, %.1f clips/s, %@ left", report.step, steps, loss, held, clipsPerSecond,
        Console.duration(left))
      line.write(text)
      if !Console.isTerminal, report.step % 500 == 0 || report.step == steps { Console.note(text) }
    case .heldOut(let step, let losses):
      heldOut = losses.heldOut
      guard losses.gap > TrainingRecord.alarmingGap, !hasWarned else { break }
      hasWarned = true
      line.finish()
      Console.note(
        String(
          format:
            "warning: at step %d the loss on clips not learned from is %.2f times that on the others: it begins to "
            + "learn them by heart (more samples, or --noise-augmentation, help)", step, losses.gap))
    case .saved: break
    }
  }

  func finish() { line.finish() }
}
