import Synthesis

/// What keeps a training from leaving anything that is worse than what it began with.
extension TrainingRun {
  /// How often a run goes back before it gives up, and what the rate is multiplied by each time.
  static let mostReturns = 6
  static let returnFactor: Float = 0.3

  /// Goes back to the last checkpoint, and on at a lower rate.
  /// - Throws: `TrainingRunError.diverged` where that did not help before.
  func goBack(_ tell: (Event) -> Void) throws {
    let (step, seconds) = (trainer.step, trainer.seconds)
    guard returns < Self.mostReturns, let found = try checkpoints.restore(trainer) else { throw diverged }
    returns += 1
    // Time does not go back.
    trainer.seconds = seconds
    trainer.plan.learningRate *= Self.returnFactor
    log = TrainingLog(log, upTo: found.state.step)
    (divergence, gathered) = (DivergenceWatch(), Gathered())
    tell(.wentBack(from: step, to: trainer.step, learningRate: trainer.plan.learningRate))
  }

  /// Measures what the training begins with, which a model has to beat.
  func measureBeginning() {
    guard trainer.step == 0, watch.course.beginningLoss == nil else { return }
    watch.begins(with: trainer.judgement())
  }

  /// Whether the moving average does better than what the training began with; so too where that is not known.
  func beatsBeginning(_ loss: Double?) -> Bool {
    guard let beginning = watch.course.beginningLoss, let loss else { return true }
    return loss < beginning
  }

  /// A held-out loss of so many times that of the beginning is no passing weakness.
  func isRuined(_ losses: Trainer.Losses) -> Bool {
    watch.course.beginningLoss.map { losses.heldOut > 2 * $0 || !losses.heldOut.isFinite } ?? false
  }
}
