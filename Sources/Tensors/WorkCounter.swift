import Foundation

/// Counts finished pieces of work over several threads.
package final class WorkCounter: @unchecked Sendable {
  // Sendable: the count is behind the lock.
  private let lock = NSLock()
  private var done = 0
  private let total: Int
  private let tell: @Sendable (Int, Int) -> Void

  /// - Parameter tell: called after each piece, from the thread that finished it, with the pieces done and all.
  package init(total: Int, tell: @escaping @Sendable (Int, Int) -> Void) {
    self.total = total
    self.tell = tell
  }

  package func advance() {
    lock.withLock {
      done += 1
      tell(done, total)
    }
  }
}
