import Synthesis

/// How a run is paced, and what it tells.
extension TrainingRun {
  /// How often things happen.
  public struct Pace: Sendable {
    /// Steps between lines of the log, and between measurements of the held-out loss.
    public var logEvery = 50
    public var evaluateEvery = 500
    /// Measurements of the held-out loss without a new best after which training stops; nil for never.
    public var patience: Int?
    /// Seconds between checkpoints.
    public var saveEvery = 300.0
    /// Seconds after which what could not be saved is tried again, and how often at the end.
    public var retryEvery = 15.0
    public var lastRetries = 20

    public init() {}
  }

  /// What clips are worth that were made on the way.
  public struct Preview: Sendable, Equatable {
    /// The share of clips recognised as what was asked, over that of the folder's own.
    public var obedience: Double
    /// The median novelty of clips; 1 is as far from what was learned as real clips usually are.
    public var novelty: Double

    /// Below this median novelty a network is learning its clips by heart.
    static let leastNovelty = TrainingRecord.copyingNovelty
    /// An obedience that is lower by less is called chance: of a few dozen clips, some three. A judgement.
    static let chance = 0.1

    public init(obedience: Double, novelty: Double) { (self.obedience, self.novelty) = (obedience, novelty) }
  }

  /// What a run tells as it goes.
  public enum Event: Sendable {
    /// A step was taken, of so many; how fast they come, and the seconds left.
    case step(Trainer.Report, of: Int, smoothedLoss: Double, clipsPerSecond: Double, secondsLeft: Double)
    case heldOut(step: Int, Trainer.Losses)
    case previewed(step: Int, Preview)
    /// A new model is in the folder.
    case keptModel(step: Int)
    case saved(step: Int)
    /// It diverged, and goes on from an earlier step at a lower rate.
    case wentBack(from: Int, to: Int, learningRate: Float)
    /// The training goes on, and tries again later.
    case couldNotSave(step: Int, reason: String)
  }

  /// How a run ended.
  public enum Ending: Sendable, Equatable {
    case planned
    case stopped
    /// The held-out loss has long been least at an earlier step, whose model was kept.
    case outOfPatience(best: Int)
  }
}
