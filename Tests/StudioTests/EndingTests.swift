import Foundation
import Studio
import Synchronization
import Testing

@Suite(.serialized) struct EndingTests {
  private final class Flag: Sendable {
    let value = Mutex(false)
    var isSet: Bool { value.withLock { $0 } }
  }

  /// What is told to end while connections come in trapped once; so it is done again and again.
  @Test(arguments: 0..<20) func aServerEndsUnderLoad(round: Int) async throws {
    let studio = try await StudioUnderTest(works: false)
    let (server, stopped, group) = (studio.server, Flag(), DispatchGroup())
    for _ in 0..<6 {
      Thread.detachNewThread {
        group.enter()
        while !stopped.isSet {
          let answer = server.client.call("GET", "/api/v1/status", server.letIn)
          if answer.status == -1 { usleep(1000) }
        }
        group.leave()
      }
    }
    let slow = (0..<4).compactMap { _ in RawClient.Connection(port: server.port) }
    for connection in slow { connection.send("GET /api/v1/status HTTP/1.1\r\nHost:") }
    let stream = RawClient.Connection(port: server.port)
    stream?.send("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer \(server.token)\r\n\r\n")
    _ = stream?.receive { $0.count > 100 }
    usleep(useconds_t(20_000 + 3000 * round))
    let start = ContinuousClock.now
    studio.studio.hub.close()
    try await server.end()
    #expect(ContinuousClock.now - start < .seconds(15))
    stopped.value.withLock { $0 = true }
    #expect(RawClient.Connection(port: server.port) == nil, "nobody listens any more")
  }
}
