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
    (divergence, gathered) = (DivergenceWatch(batchSize: trainer.plan.batchSize), Gathered())
    tell(.wentBack(from: step, to: trainer.step, learningRate: trainer.plan.learningRate))
  }

  /// Measures what the training begins with, which a model has to beat.
  func measureBeginning() {
    guard trainer.step == 0, watch.course.beginningLoss == nil else { return }
    watch.begins(with: trainer.losses()?.heldOut)
  }

  /// Whether the moving average does not do worse than what the training began with; so too where that is not known. A
  /// twentieth more is called chance, of the few clips that are held out: a judgement.
  func isNoWorseThanBeginning(_ loss: Double?) -> Bool {
    guard let beginning = watch.course.beginningLoss, let loss else { return true }
    return loss <= 1.05 * beginning
  }

  /// Whether the model of now takes the place of the one that is kept.
  ///
  /// By the held-out loss alone the one would be kept that a high learning rate left, whose clips are noisier and end later
  /// than after the rate has fallen. So a later one that is as good at what it is asked, and as new, may have a loss that is
  /// a twentieth higher; and one that is better by its loss alone, and much worse at what it is asked, does not count.
  /// - Parameter isBest: whether its held-out loss is the least so far.
  func takesPlace(_ entry: TrainingLog.Entry, isBest: Bool) -> Bool {
    guard let loss = entry.heldOutLoss, isNoWorseThanBeginning(loss) else { return false }
    guard let kept else { return true }
    guard let obedience = entry.obedience, let novelty = entry.novelty, let before = kept.obedience else {
      return isBest && kept.yields(to: loss, at: entry.step)
    }
    let isClose = watch.best.map { loss <= 1.05 * $0.loss } ?? true
    return obedience >= before - Preview.chance && (isBest || isClose && novelty >= Preview.leastNovelty)
  }

  /// A held-out loss of so many times that of the beginning is no passing weakness.
  func isRuined(_ losses: Trainer.Losses) -> Bool {
    watch.course.beginningLoss.map { losses.heldOut > 2 * $0 || !losses.heldOut.isFinite } ?? false
  }
}
