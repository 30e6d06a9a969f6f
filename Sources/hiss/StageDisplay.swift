import Foundation

/// A progress line for work in several stages, one after another; any thread may move it.
final class StageDisplay: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  private let lock = NSLock()
  private var current: (title: String, line: ProgressLine)?
  /// Whether each piece of work is told on stderr as a line of JSON instead.
  private let tellsJSON: Bool

  init(tellsJSON: Bool = false) { self.tellsJSON = tellsJSON }

  /// A line of JSON.
  private struct Progress: Encodable {
    var stage: String
    var done: Int
    var total: Int
  }

  func show(_ title: String, _ done: Int, of total: Int) {
    lock.withLock {
      if tellsJSON {
        let encoded = try? JSONEncoder().encode(Progress(stage: title, done: done, total: total))
        return Console.note(String(decoding: encoded ?? Data(), as: UTF8.self))
      }
      if current?.title != title {
        current?.line.finish()
        current = (title, ProgressLine(title))
      }
      current?.line.update(done, of: total)
    }
  }

  func finish() { lock.withLock { current?.line.finish() } }
}
