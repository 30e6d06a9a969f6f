/// How long a training goes on.
extension TrainingSetup {
  /// How much is asked for; neither for the plan's own end.
  public struct Extent: Sendable, Equatable {
    public var steps: Int?
    public var minutes: Double?

    public init(steps: Int? = nil, minutes: Double? = nil) { (self.steps, self.minutes) = (steps, minutes) }
  }

  /// What there is to say of what was asked for.
  public enum ExtentNote: Sendable, Equatable {
    /// More steps are done than were asked for: there is nothing to do.
    case fewerThanDone(asked: Int, done: Int)
    /// The plan is at its end: there is nothing to do.
    case finished(steps: Int)
    /// A training that is not at its end goes on to it, whatever minutes are asked for.
    case minutesOfPlan(steps: Int)
  }

  /// Whether earlier runs have come to the end: of the plan, or of patience.
  /// - Parameter patience: nil for an endless one.
  public func isFinished(patience: Int?) -> Bool {
    isResumed && (stepsTaken >= plan.steps || patience.map { course.disappointments >= $0 } ?? false)
  }

  /// Sets the number of steps: those of a new training, or those at which one that goes on ends.
  ///
  /// `minutes` counts for a new training and for one that is finished, which goes on for so long; another one goes on to the
  /// end that it was begun with, so that the same command can be given again.
  /// - Parameter secondsPerStep: is asked where it is needed.
  public mutating func set(
    _ extent: Extent, patience: Int?, secondsPerStep: () -> Double
  ) -> ExtentNote? {
    if let steps = extent.steps {
      guard steps >= stepsTaken else { return .fewerThanDone(asked: steps, done: stepsTaken) }
      setSteps(steps)
    } else if let minutes = extent.minutes {
      guard !isResumed || isFinished(patience: patience) else { return .minutesOfPlan(steps: plan.steps) }
      setSteps(stepsTaken + max(10, Int(min(minutes * 60 / secondsPerStep(), 1e8))))
      plan.budgetSeconds = secondsTaken + minutes * 60
    } else if !isResumed {
      setSteps(plan.steps)
    }
    return isResumed && stepsTaken >= plan.steps ? .finished(steps: stepsTaken) : nil
  }

  /// Sets the number of steps, and shortens the warm-up of a new training to suit.
  private mutating func setSteps(_ steps: Int) {
    plan.steps = steps
    plan.budgetSeconds = nil
    if stepsTaken == 0 { plan.warmupSteps = min(plan.warmupSteps, steps / 10) }
  }
}
