/// Tells a training that diverges from one that learns, by its losses: within a few steps, as a rate that is far too high
/// needs no more to ruin the weights.
///
/// The losses of single batches differ with the times and clips in them, the more the smaller a batch is. So means are
/// compared with the least so far: of few steps, which must be far above it, and of so many clips that chance is small.
package struct DivergenceWatch: Sendable {
  /// Clips of the short mean and of the long one, and the fewest steps of either.
  private static let (shortClips, longClips, fewestSteps) = (32, 128, 8)
  /// Means of so many times the least so far are called a divergence. Judgements.
  private static let (shortRatio, longRatio) = (10.0, 3.0)

  private var means: [Mean]

  /// - Parameter batchSize: clips in a step.
  package init(batchSize: Int) {
    means = [(Self.shortClips, Self.shortRatio), (Self.longClips, Self.longRatio)].map { clips, ratio in
      Mean(span: max(Self.fewestSteps, clips / max(1, batchSize)), alarmingRatio: ratio)
    }
  }

  /// Takes note of a step's loss.
  /// - Returns: whether the training diverges.
  package mutating func sees(_ loss: Double) -> Bool {
    guard loss.isFinite else { return true }
    var alarm = false
    for place in means.indices where means[place].sees(loss) { alarm = true }
    return alarm
  }
}

/// The mean of the last steps, held against the least that it was.
private struct Mean: Sendable {
  let span: Int
  let alarmingRatio: Double
  private var last: [Double] = []
  private var least: Double?

  init(span: Int, alarmingRatio: Double) { (self.span, self.alarmingRatio) = (span, alarmingRatio) }

  mutating func sees(_ loss: Double) -> Bool {
    last = last.suffix(span - 1) + [loss]
    guard last.count == span else { return false }
    let mean = last.reduce(0, +) / Double(span)
    if let least, mean > alarmingRatio * least { return true }
    least = min(least ?? mean, mean)
    return false
  }
}
