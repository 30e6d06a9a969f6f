extension TrainingRun {
  /// The losses since the last line of the log, of those steps that had any.
  struct Gathered {
    private var sum = 0.0
    private var count = 0
    private(set) var steps = 0
    private(set) var seconds = 0.0

    /// nil where no step had a loss that is a number.
    var loss: Double? { count > 0 ? sum / Double(count) : nil }

    mutating func add(_ loss: Double, seconds took: Double) {
      (steps, seconds) = (steps + 1, seconds + took)
      if loss.isFinite { (sum, count) = (sum + loss, count + 1) }
    }
  }
}
