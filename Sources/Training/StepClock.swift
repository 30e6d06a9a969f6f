/// How fast steps come, all that is done between them included: over the last minute, so that a machine that has become busy,
/// or idle, is noticed.
package struct StepClock: Sendable {
  private static let span = 60.0
  private static let interval = 1.0
  private var marks: [(step: Int, seconds: Double)] = []

  package init() {}

  /// The seconds a step takes; nil where too few were taken since the last time, or at all.
  package mutating func secondsPerStep(at step: Int, seconds: Double) -> Double? {
    guard let first = marks.first, let last = marks.last else {
      marks = [(step, seconds)]
      return nil
    }
    guard seconds - last.seconds >= Self.interval, step > last.step else { return nil }
    marks.append((step, seconds))
    marks.removeAll { $0.seconds < seconds - Self.span && $0.step < last.step }
    let from = marks.first ?? first
    return (seconds - from.seconds) / Double(step - from.step)
  }
}
