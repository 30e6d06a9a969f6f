/// Tells a training that diverges from one that learns, by its losses: within a few steps, as a rate that is far too high
/// needs no more to ruin the weights.
struct DivergenceWatch: Sendable {
  /// Steps whose mean is compared, as the losses of single batches differ with the times and clips in them.
  static let span = 8
  /// A mean of so many times the least so far is called a divergence. A judgement.
  static let alarmingRatio = 3.0

  private var last: [Double] = []
  private var least: Double?

  /// Takes note of a step's loss.
  /// - Returns: whether the training diverges.
  mutating func sees(_ loss: Double) -> Bool {
    guard loss.isFinite else { return true }
    last = last.suffix(Self.span - 1) + [loss]
    guard last.count == Self.span else { return false }
    let mean = last.reduce(0, +) / Double(Self.span)
    if let least, mean > Self.alarmingRatio * least { return true }
    least = min(least ?? mean, mean)
    return false
  }
}
