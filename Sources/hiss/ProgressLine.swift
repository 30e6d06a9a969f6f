import Foundation

/// A line that is written over as work goes on, with the time left; silent where stderr is no terminal, and for the
/// first two seconds. Any thread may move it.
final class ProgressLine: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let lock = NSRecursiveLock()
  private let title: String
  private let start = Date()
  private var lastDrawn = Date.distantPast
  private var drawn = false

  init(_ title: String) { self.title = title }

  func update(_ done: Int, of total: Int) {
    lock.lock()
    defer { lock.unlock() }
    let elapsed = Date().timeIntervalSince(start)
    guard Console.isTerminal, elapsed > 2, total > 0, Date().timeIntervalSince(lastDrawn) > 0.1 else { return }
    lastDrawn = Date()
    let share = Double(done) / Double(total)
    let filled = Int(share * 24)
    let bar = String(repeating: "█", count: filled) + String(repeating: "░", count: 24 - filled)
    let left = done > 0 ? ", \(Console.duration(elapsed / share - elapsed)) left" : ""
    write("\(title) \(bar) \(done) of \(total)\(left)")
  }

  func write(_ line: String) {
    guard Console.isTerminal else { return }
    lock.lock()
    defer { lock.unlock() }
    FileHandle.standardError.write(Data("\r\u{1B}[K\(line)".utf8))
    drawn = true
  }

  /// Clears the line, so that what is printed next stands alone.
  func finish() {
    lock.lock()
    defer { lock.unlock() }
    if drawn { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    drawn = false
  }
}
