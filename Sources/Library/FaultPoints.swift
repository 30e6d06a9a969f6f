import Synchronization

/// Places between two steps at which a process may be killed: tests end the work there, and see what the next opening makes of
/// it.
package final class FaultPoints: Sendable {
  package enum Point: String, CaseIterable, Sendable {
    /// The sound's bytes are on the disk, and the database knows nothing of them.
    case bytesWritten
    /// The database knows the clip, or where it belongs; its file lies elsewhere.
    case committed
    /// The file has a second name where it belongs.
    case linked
    /// The file is where it belongs; the database does not know.
    case moved
    /// All is in place but the journal.
    case settled
    /// The journal has it; the database does not know that.
    case journaled
  }

  private let last: Point?
  private let ended = Mutex(false)

  /// - Parameter last: where the work ends, as if the process did; nil for nowhere.
  package init(endingAt last: Point?) { self.last = last }

  package static let none = FaultPoints(endingAt: nil)

  /// Whether the process has ended, as it were: then nothing is put right any more.
  package var hasEnded: Bool { ended.withLock { $0 } }

  /// - Throws: `LibraryError.invalid` at the last point, and at all that come after it.
  func reached(_ point: Point) throws(LibraryError) {
    guard last != nil else { return }
    if point == last { ended.withLock { $0 = true } }
    if hasEnded { throw .invalid("the work ends at \(point.rawValue)") }
  }
}
