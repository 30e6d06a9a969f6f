import Foundation

/// A progress line for work in several stages, one after another; any thread may move it.
final class StageDisplay: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let lock = NSLock()
  private var current: (title: String, line: ProgressLine)?

  func show(_ title: String, _ done: Int, of total: Int) {
    lock.withLock {
      if current?.title != title {
        current?.line.finish()
        current = (title, ProgressLine(title))
      }
      current?.line.update(done, of: total)
    }
  }

  func finish() { lock.withLock { current?.line.finish() } }
}
