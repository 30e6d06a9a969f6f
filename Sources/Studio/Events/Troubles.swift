import Audio
import Foundation
import Library
import Storage
import Synchronization

/// What keeps the studio from its work at this moment: a disk that is full, a library that is gone or that another program
/// keeps to itself. Pages are told when it begins, and when it is over.
package final class Troubles: Sendable {
  private let hub: EventHub
  private let report: @Sendable (String) -> Void
  private let state = Mutex<String?>(nil)

  /// - Parameter report: is told likewise, in a line.
  init(_ hub: EventHub, report: @escaping @Sendable (String) -> Void) { (self.hub, self.report) = (hub, report) }

  /// One sentence; nil where nothing is wrong.
  package var current: String? { state.withLock { $0 } }

  /// Says what is wrong, if that is something that may pass.
  /// - Returns: whether it is.
  @discardableResult
  func tell(_ error: any Error) -> Bool {
    guard Self.mayPass(error) else { return false }
    set(ErrorPhrasing.line(error))
    return true
  }

  /// Says that work goes on.
  func end() { set(nil) }

  private func set(_ line: String?) {
    let isNew = state.withLock { state in
      defer { state = line }
      return state != line
    }
    guard isNew else { return }
    hub.tell(.trouble, Told(trouble: line))
    report("studio: \(line ?? "it goes on")")
  }

  private struct Told: Encodable {
    let trouble: String?

    private enum CodingKeys: CodingKey { case trouble }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(trouble, forKey: .trouble)
    }
  }

  /// Whether an error is the disk's or another program's.
  static func mayPass(_ error: any Error) -> Bool {
    switch error {
    case let error as LibraryError: error.mayPass
    case let error as StorageError: error.isOfWriting
    case AudioFileError.cannotWrite: true
    default: false
    }
  }
}
