import Foundation
import Studio
import Synchronization

/// A server on a free port. It ends with the tests' process, unless it is told to end before.
final class ServerUnderTest: Sendable {
  let port: Int
  let token: String
  private static let executor = DispatchExecutor()
  private let server: StudioServer
  private let run: Task<Void, any Error>
  var client: RawClient { RawClient(port: port) }
  var letIn: [String: String] { ["Authorization": "Bearer \(token)"] }

  init(endpoints: [Endpoint] = [], hub: EventHub = EventHub(), page: URL? = nil) async throws {
    var place = StudioServer.Place()
    (place.port, place.mayMove) = (0, false)
    let server = try StudioServer(
      place, endpoints: endpoints, hub: hub, page: PageFiles(folder: page), report: { print($0) })
    let (addresses, tell) = AsyncStream<URL>.makeStream()
    self.server = server
    run = Task.detached(executorPreference: Self.executor) { try await server.run { tell.yield($0) } }
    var iterator = addresses.makeAsyncIterator()
    let address = await iterator.next()
    port = address?.port ?? 0
    token = address?.query?.replacing("token=", with: "") ?? ""
  }

  /// Ends it, and waits until it has.
  func end() async throws {
    await Task.detached(executorPreference: Self.executor) { [server] in await server.end() }.value
    try await run.value
  }
}
