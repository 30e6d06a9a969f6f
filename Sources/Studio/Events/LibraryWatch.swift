import Foundation
import Library
import Synchronization

/// Sees what changes in a library, by this process or another, and tells pages.
package final class LibraryWatch: Sendable {
  private let library: ClipLibrary
  private let hub: EventHub
  private let troubles: Troubles
  private let wakeUp: @Sendable () -> Void
  private let signal = DispatchSemaphore(value: 0)
  private let isEnding = Mutex(false)
  /// Between two looks where nobody says anything.
  private static let pause = 0.25

  /// - Parameter wakeUp: is called where jobs have come.
  init(_ library: ClipLibrary, _ hub: EventHub, _ troubles: Troubles, wakeUp: @escaping @Sendable () -> Void) {
    (self.library, self.hub, self.troubles, self.wakeUp) = (library, hub, troubles, wakeUp)
  }

  /// Says that something has changed.
  func look() { signal.signal() }

  func start() throws {
    let (first, openings) = (try library.revision(), library.openings)
    Thread.detachNewThread { [self] in
      var known = (revision: first, openings: openings)
      while !isEnding.withLock({ $0 }) {
        _ = signal.wait(timeout: .now() + Self.pause)
        do {
          let revision = try library.revision()
          if library.openings == known.openings {
            known.revision = try tell(since: known.revision)
          } else {
            // Another folder lies in its place.
            known = (revision, library.openings)
            hub.reset()
          }
        } catch {
          // It is looked for again.
          troubles.tell(error)
          wakeUp()
        }
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
