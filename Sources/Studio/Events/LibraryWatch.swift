import Foundation
import Library
import Synchronization

/// Sees what changes in a library, by this process or another, and tells pages.
package final class LibraryWatch: Sendable {
  private let library: ClipLibrary
  private let hub: EventHub
  private let wakeUp: @Sendable () -> Void
  private let signal = DispatchSemaphore(value: 0)
  private let isEnding = Mutex(false)
  /// Between two looks where nobody says anything.
  private static let pause = 0.25

  /// - Parameter wakeUp: is called where jobs have come.
  init(_ library: ClipLibrary, _ hub: EventHub, wakeUp: @escaping @Sendable () -> Void) {
    (self.library, self.hub, self.wakeUp) = (library, hub, wakeUp)
  }

  /// Says that something has changed.
  func look() { signal.signal() }

  func start() throws {
    let first = try library.revision()
    Thread.detachNewThread { [self] in
      var revision = first
      while !isEnding.withLock({ $0 }) {
        _ = signal.wait(timeout: .now() + Self.pause)
        // Of a library that is gone for a moment nothing is told; it is looked for again.
        if let next = try? tell(since: revision) { revision = next }
      }
    }
  }

  package func stop() {
    isEnding.withLock { $0 = true }
    look()
  }

  private func tell(since revision: Int) throws -> Int {
    guard try library.revision() != revision else { return revision }
    let changes = try library.changes(since: revision)
    for clip in changes.clips { hub.tell(.clip, ["clip": clip]) }
    for id in changes.removed { hub.tell(.removed, ["id": id]) }
    for job in changes.jobs { hub.tell(.job, ["job": JobAnswer(job)]) }
    if changes.jobs.contains(where: { $0.state == .waiting }) { wakeUp() }
    if !changes.clips.isEmpty || !changes.removed.isEmpty || !changes.jobs.isEmpty {
      hub.tell(.library, try library.counts())
    }
    return changes.revision
  }
}
