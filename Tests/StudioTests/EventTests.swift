import Foundation
import Studio
import Testing

@Suite struct EventTests {
  private func texts(_ subscriber: Subscriber) -> [String] {
    subscriber.take().components(separatedBy: "\n\n").filter { $0.contains("event:") }
  }

  @Test func eachPageHearsEachEventOnce() {
    let hub = EventHub()
    let (first, second) = (hub.subscribe(after: nil), hub.subscribe(after: nil))
    hub.tell(.removed, ["id": "a"])
    hub.tell(.removed, ["id": "b"])
    for subscriber in [first, second] {
      let heard = texts(subscriber)
      #expect(heard.count == 2 && heard[0].contains("\"a\"") && heard[1].contains("\"b\""))
      #expect(texts(subscriber).isEmpty)
    }
    hub.leave(first)
    #expect(hub.subscriberCount == 1)
  }

  @Test func whoWasAwayHearsWhatWasMissed() {
    let hub = EventHub()
    let first = hub.subscribe(after: nil)
    for name in ["a", "b", "c"] { hub.tell(.removed, ["id": name]) }
    let ids = texts(first).compactMap { $0.split(separator: "\n").first { $0.hasPrefix("id: ") }?.dropFirst(4) }
    let late = texts(hub.subscribe(after: String(ids[0])))
    #expect(late.count == 2 && late[0].contains("\"b\""))
    #expect(texts(hub.subscribe(after: String(ids[2]))).isEmpty)
  }

  @Test(arguments: ["other-5", "nonsense", "", "-", "999999999999999999999"])
  func whoWasAwayTooLongReadsAllAnew(last: String) {
    let hub = EventHub()
    hub.tell(.removed, ["id": "a"])
    #expect(texts(hub.subscribe(after: last)) == ["event: reset\ndata: {}"])
  }

  @Test func aPageThatDoesNotReadHoldsLittle() {
    let hub = EventHub()
    let slow = hub.subscribe(after: nil)
    for number in 0..<5000 { hub.tell(.removed, ["id": "\(number)"]) }
    let heard = texts(slow)
    #expect(heard.count <= 1001)
    #expect(heard[0] == "event: reset\ndata: {}")
    #expect(heard.last?.contains("\"4999\"") == true)
  }

  @Test func pagesWithoutEndDoNotAddUp() async {
    let hub = EventHub()
    let first = hub.subscribe(after: nil)
    for _ in 0..<200 { _ = hub.subscribe(after: nil) }
    #expect(hub.subscriberCount == 64)
    // The oldest ones' streams have ended.
    var count = 0
    for await _ in first.signals { count += 1 }
    #expect(count <= 1)
    hub.close()
    #expect(hub.subscriberCount == 0)
  }
}
