/// Keeps an eye on the held-out loss: which model was the best, and whether it is time to stop.
package struct OverfittingWatch {
  private let patience: Int?
  /// The measurement with the least held-out loss so far.
  package private(set) var best: (step: Int, loss: Double)?
  private var disappointments = 0

  package init(patience: Int?) { self.patience = patience }

  /// Whether too many measurements have brought no new best.
  package var isOutOfPatience: Bool { patience.map { disappointments >= $0 } ?? false }

  /// Takes note of a measurement.
  /// - Parameter triesPatience: whether it counts when it is no best.
  /// - Returns: whether it is the best so far.
  @discardableResult
  package mutating func sees(_ loss: Double, at step: Int, triesPatience: Bool = true) -> Bool {
    if let best, !(loss < best.loss) {
      if triesPatience { disappointments += 1 }
      return false
    }
    best = (step, loss)
    disappointments = 0
    return true
  }
}
