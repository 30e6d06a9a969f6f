import Foundation
import Storage

/// A line that is written over as work goes on, with the time left; silent where stderr is no terminal, and for the
/// first two seconds. Any thread may move it. One that cannot be drawn ends nothing.
final class ProgressLine: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let lock = NSRecursiveLock()
  private let title: String
  private let start = ContinuousClock.now
  private var lastDrawn: ContinuousClock.Instant?
  private var drawn = false

  init(_ title: String) { self.title = title }

  func update(_ done: Int, of total: Int) {
    lock.lock()
    defer { lock.unlock() }
    let elapsed = start.secondsAgo
    guard Console.isTerminal, elapsed > 2, total > 0, lastDrawn.map({ $0.secondsAgo > 0.1 }) ?? true else { return }
    lastDrawn = .now
    let share = Double(done) / Double(total)
    let left = done > 0 ? ", \(Console.duration(elapsed / share - elapsed)) left" : ""
    write(share: share, "\(done) of \(total)\(left)")
  }

  /// Draws the title, a bar where a share is given, and a text, as far as the terminal is wide.
  func write(share: Double? = nil, _ rest: String) {
    guard Console.isTerminal else { return }
    lock.lock()
    defer { lock.unlock() }
    // In the last column some terminals begin another line.
    let columns = max(1, StandardStream.errors.columns - 1)
    Console.draw("\r\u{1B}[K" + ProgressText.line(title, share: share, rest, columns: columns))
    drawn = true
  }

  /// Clears the line, so that what is printed next stands alone.
  func finish() {
    lock.lock()
    defer { lock.unlock() }
    if drawn { Console.draw("\r\u{1B}[K") }
    drawn = false
  }
}
