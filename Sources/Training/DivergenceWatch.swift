/// Tells a training that diverges from one that learns, by its losses: within a few steps, as a rate that is far too high
/// needs no more to ruin the weights.
package struct DivergenceWatch: Sendable {
  /// Clips whose mean loss is compared, as single ones differ with the times in them: 8 steps of the usual batch, 64 of four
  /// clips, where one near the data can be a whole batch's loss.
  static let clipCount = 256
  /// A mean of so many times the least so far is called a divergence. A judgement.
  static let alarmingRatio = 3.0

  /// Fewer steps than this say nothing.
  private static let leastSteps = 8
  /// Steps whose mean is compared, once there are so many.
  private let span: Int
  private var last: [Double] = []
  private var least: Double?

  package init(batchSize: Int) { span = max(Self.leastSteps, Self.clipCount / max(1, batchSize)) }

  /// Takes note of a step's loss.
  /// - Returns: whether the training diverges.
  package mutating func sees(_ loss: Double) -> Bool {
    guard loss.isFinite else { return true }
    last = last.suffix(span - 1) + [loss]
    guard last.count >= Self.leastSteps else { return false }
    let mean = last.reduce(0, +) / Double(last.count)
    if let least, mean > Self.alarmingRatio * least { return true }
    least = min(least ?? mean, mean)
    return false
  }
}
