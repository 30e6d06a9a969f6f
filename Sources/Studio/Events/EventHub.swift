import Foundation
import Synchronization

/// Tells pages what happens: jobs, clips, what was removed, the library's numbers.
///
/// A page that reads slowly loses nothing in silence: what waits for it is bounded, and beyond that it is told to read all
/// anew (`reset`). One that was away gets what it missed, as far as that is remembered.
package final class EventHub: Sendable {
  private struct State {
    var next: UInt64 = 1
    var recent: [Event] = []
    var subscribers: [Subscriber] = []
    var isClosed = false
  }
  private let state = Mutex(State())
  /// Numbers of another start of the program mean nothing.
  private let start = String(UInt32.random(in: .min ... .max), radix: 36)

  private static let mostSubscribers = 64
  private static let mostRemembered = 2000

  package init() {}

  struct Event: Sendable {
    let number: UInt64
    let text: String
  }

  package var subscriberCount: Int { state.withLock { $0.subscribers.count } }

  /// Tells all pages.
  package func tell(_ name: EventName, _ value: some Encodable) {
    // What is told is made of texts and finite numbers.
    guard let data = try? JSONAnswer.text(value) else { return }
    state.withLock { state in
      let event = Event(
        number: state.next, text: "id: \(start)-\(state.next)\nevent: \(name.rawValue)\ndata: \(data)\n\n")
      state.next += 1
      state.recent.append(event)
      if state.recent.count > Self.mostRemembered { state.recent.removeFirst(Self.mostRemembered / 4) }
      for subscriber in state.subscribers { subscriber.add(event.text) }
    }
  }

  /// A page that listens from now on.
  /// - Parameter last: the last event that it had, as it says itself; nil for one that begins.
  package func subscribe(after last: String?) -> Subscriber {
    let subscriber = Subscriber()
    let oldest = state.withLock { state -> Subscriber? in
      subscriber.add("retry: 1000\n: hiss studio\n\n")
      if let last {
        let missed = last.hasPrefix(start + "-") ? UInt64(last.dropFirst(start.count + 1)) : nil
        if let missed, missed < state.next, (state.recent.first?.number ?? state.next) <= missed + 1 {
          for event in state.recent where event.number > missed { subscriber.add(event.text) }
        } else {
          subscriber.add(Subscriber.reset)
        }
      }
      if state.isClosed {
        subscriber.close()
        return nil
      }
      state.subscribers.append(subscriber)
      return state.subscribers.count > Self.mostSubscribers ? state.subscribers.removeFirst() : nil
    }
    oldest?.close()
    return subscriber
  }

  package func leave(_ subscriber: Subscriber) {
    subscriber.close()
    state.withLock { $0.subscribers.removeAll { $0 === subscriber } }
  }

  /// Tells all pages to read all anew.
  func reset() {
    let all = state.withLock { state in
      // What was remembered is of another library.
      state.recent = []
      state.next += 1
      return state.subscribers
    }
    for subscriber in all { subscriber.add(Subscriber.reset) }
  }

  /// A comment, by which both sides see that the other is there.
  package func beat() {
    for subscriber in state.withLock({ $0.subscribers }) { subscriber.add(": \n\n") }
  }

  /// Ends all streams: the program is ending.
  package func close() {
    let all = state.withLock { state in
      state.isClosed = true
      defer { state.subscribers = [] }
      return state.subscribers
    }
    for subscriber in all { subscriber.close() }
  }
}

package enum EventName: String, Sendable { case job, clip, removed, library, trouble }

/// What waits for one page.
package final class Subscriber: Sendable {
  private let waiting = Mutex<[String]>([])
  /// Says that something waits; ends with the stream.
  package let signals: AsyncStream<Void>
  private let signal: AsyncStream<Void>.Continuation

  static let reset = "event: reset\ndata: {}\n\n"
  private static let mostWaiting = 1000

  init() { (signals, signal) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1)) }

  func add(_ text: String) {
    waiting.withLock { waiting in
      if waiting.count >= Self.mostWaiting { waiting = [Self.reset] }
      waiting.append(text)
    }
    signal.yield()
  }

  /// All that waits.
  package func take() -> String {
    waiting.withLock { waiting in
      defer { waiting = [] }
      return waiting.joined()
    }
  }

  func close() { signal.finish() }
}
