import Foundation

/// Lets threads go on one after the other, in the order of their tickets, whenever they come.
final class Turns: @unchecked Sendable {
  // Sendable: what changes is behind the condition.
  private let condition = NSCondition()
  /// The first ticket that is not finished, and those behind it that are.
  private var first = 0
  private var finished: Set<Int> = []

  /// Waits until all earlier tickets are finished.
  func wait(for ticket: Int) {
    condition.lock()
    while first < ticket { condition.wait() }
    condition.unlock()
  }

  func finish(_ ticket: Int) {
    condition.lock()
    finished.insert(ticket)
    while finished.remove(first) != nil { first += 1 }
    condition.broadcast()
    condition.unlock()
  }
}
