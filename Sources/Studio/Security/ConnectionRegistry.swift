import NIOCore
import Synchronization

/// The connections that are open: where there are very many, those that have idled longest are closed, so that nobody who
/// holds some keeps others out.
final class ConnectionRegistry: Sendable {
  private struct Entry {
    let channel: any Channel
    var idleSince: ContinuousClock.Instant?
  }
  private let entries = Mutex<[ObjectIdentifier: Entry]>([:])
  /// From so many on, the idle make room.
  let crowd: Int

  init(crowd: Int) { self.crowd = crowd }

  package var count: Int { entries.withLock { $0.count } }

  func add(_ channel: any Channel) {
    let oldest = entries.withLock { entries -> (any Channel)? in
      entries[ObjectIdentifier(channel)] = Entry(channel: channel, idleSince: .now)
      guard entries.count > crowd else { return nil }
      var found: (channel: any Channel, since: ContinuousClock.Instant)?
      for entry in entries.values {
        guard let since = entry.idleSince, entry.channel !== channel, found.map({ since < $0.since }) ?? true else {
          continue
        }
        found = (entry.channel, since)
      }
      return found?.channel
    }
    oldest?.close(promise: nil)
  }

  func remove(_ channel: any Channel) {
    entries.withLock { entries in _ = entries.removeValue(forKey: ObjectIdentifier(channel)) }
  }

  /// Cuts off all that are open still.
  func closeAll() {
    for entry in entries.withLock({ Array($0.values) }) { entry.channel.close(promise: nil) }
  }

  func mark(_ channel: any Channel, isIdle: Bool) {
    entries.withLock { $0[ObjectIdentifier(channel)]?.idleSince = isIdle ? .now : nil }
  }
}
