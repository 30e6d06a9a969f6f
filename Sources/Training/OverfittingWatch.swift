/// Keeps an eye on the held-out loss: which model was the best, and whether it is time to stop.
public struct OverfittingWatch {
  /// What was seen so far.
  public struct Course: Codable, Sendable, Equatable {
    /// The measurement with the least held-out loss.
    public var bestStep: Int?
    public var bestLoss: Double?
    /// Measurements since that brought no new best, and count.
    public var disappointments = 0
    /// The loss before the first step; nil where it was not measured.
    public var beginningLoss: Double?

    public init(
      bestStep: Int? = nil, bestLoss: Double? = nil, disappointments: Int = 0, beginningLoss: Double? = nil
    ) {
      (self.bestStep, self.bestLoss, self.disappointments) = (bestStep, bestLoss, disappointments)
      self.beginningLoss = beginningLoss
    }
  }

  private let patience: Int?
  package private(set) var course: Course

  package init(patience: Int?, course: Course = Course()) { (self.patience, self.course) = (patience, course) }

  /// The measurement with the least held-out loss so far.
  package var best: (step: Int, loss: Double)? {
    guard let step = course.bestStep, let loss = course.bestLoss else { return nil }
    return (step, loss)
  }

  /// Whether too many measurements have brought no new best.
  package var isOutOfPatience: Bool { patience.map { course.disappointments >= $0 } ?? false }

  /// Takes note of a measurement. What is no number is no best.
  /// - Parameter triesPatience: whether it counts when it is no best.
  /// - Returns: whether it is the best so far.
  @discardableResult
  package mutating func sees(_ loss: Double, at step: Int, triesPatience: Bool = true) -> Bool {
    guard loss.isFinite, loss < course.bestLoss ?? .infinity else {
      if triesPatience { course.disappointments += 1 }
      return false
    }
    course = Course(bestStep: step, bestLoss: loss, beginningLoss: course.beginningLoss)
    return true
  }

  /// Takes note of the loss before the first step.
  mutating func begins(with loss: Double?) { course.beginningLoss = loss }

  /// Begins to count anew, and keeps the best.
  package mutating func takeHeart() { course.disappointments = 0 }
}
