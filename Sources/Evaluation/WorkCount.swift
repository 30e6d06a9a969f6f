import Foundation

/// Counts finished pieces of work over several threads.
final class WorkCount: @unchecked Sendable {
  // Sendable: the count is behind the lock.
  private let lock = NSLock()
  private var done = 0
  private let total: Int
  private let tell: @Sendable (Int, Int) -> Void

  init(of total: Int, tell: @escaping @Sendable (Int, Int) -> Void) {
    self.total = total
    self.tell = tell
  }

  func advance() {
    lock.withLock {
      done += 1
      tell(done, total)
    }
  }
}
