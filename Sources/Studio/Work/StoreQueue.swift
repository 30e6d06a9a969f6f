import Dispatch
import Foundation
import Library
import Synchronization

/// Encodes, measures and stores clips one after another, beside the threads that make the next.
final class StoreQueue: Sendable {
  private let queue = DispatchQueue(label: "studio.store", qos: .userInitiated)
  private let group = DispatchGroup()
  private let failure = Mutex<(any Error)?>(nil)

  func add(_ work: @escaping @Sendable () throws -> Void) {
    queue.async(group: group) { [self] in
      guard failure.withLock({ $0 == nil }) else { return }
      do { try work() } catch { failure.withLock { $0 = error } }
    }
  }

  /// - Throws: what kept something from being stored.
  func check() throws { if let error = failure.withLock({ $0 }) { throw error } }

  /// Waits until all is stored.
  /// - Throws: likewise.
  func finish() throws {
    group.wait()
    try check()
  }

  /// Waits, whatever comes of it.
  func settle() { group.wait() }

  /// Stores something, unless its preview is gone for good: nobody wants it then.
  static func unlessThrownAway(_ store: () throws -> Void) throws {
    do { try store() } catch LibraryError.noClip {}
  }
}
