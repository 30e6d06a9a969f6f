/// How long a training goes on.
extension TrainingSetup {
  /// How much is asked for; neither for the plan's own end.
  public struct Extent: Sendable, Equatable {
    public var steps: Int?
    public var minutes: Double?
    /// How often each clip is learned within the minutes, at most.
    public var passes: Double?

    public init(steps: Int? = nil, minutes: Double? = nil, passes: Double? = nil) {
      (self.steps, self.minutes, self.passes) = (steps, minutes, passes)
    }
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
  /// - Parameters:
  ///   - clipCount: the clips that are learned from.
  ///   - secondsPerStep: is asked where it is needed.
  public mutating func set(
    _ extent: Extent, patience: Int?, clipCount: Int, secondsPerStep: () -> Double
  ) -> ExtentNote? {
    if let steps = extent.steps {
      guard steps >= stepsTaken else { return .fewerThanDone(asked: steps, done: stepsTaken) }
      setSteps(steps)
    } else if let minutes = extent.minutes {
      guard !isResumed || isFinished(patience: patience) else { return .minutesOfPlan(steps: plan.steps) }
      let limit = extent.passes.map { stepsTaken + stepCount(ofPasses: $0, of: clipCount) }
      let steps = stepsTaken + max(10, Int(min(minutes * 60 / secondsPerStep(), 1e8)))
      setSteps(min(steps, limit ?? steps))
      (plan.budgetSeconds, plan.stepLimit) = (secondsTaken + minutes * 60, limit)
    } else if !isResumed {
      setSteps(plan.steps)
    }
    return isResumed && stepsTaken >= plan.steps ? .finished(steps: stepsTaken) : nil
  }

  /// The steps in which each of so many clips is learned so often, beside what is repeated.
  func stepCount(ofPasses passes: Double, of clipCount: Int) -> Int {
    let repeated = plan.rehearsal?.count(ofBatch: plan.batchSize) ?? 0
    return max(10, Int((passes * Double(clipCount) / Double(plan.batchSize - repeated)).rounded()))
  }

  /// Sets the number of steps, and shortens the warm-up of a new training to suit.
  private mutating func setSteps(_ steps: Int) {
    plan.steps = steps
    (plan.budgetSeconds, plan.stepLimit) = (nil, nil)
    if stepsTaken == 0 { plan.warmupSteps = min(plan.warmupSteps, steps / 10) }
  }
}
