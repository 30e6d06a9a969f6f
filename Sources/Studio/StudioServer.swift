package import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization

/// The studio's server: the page, and the API below `/api/v1`.
package struct StudioServer: Sendable {
  /// Where it listens.
  package struct Place: Sendable {
    package var host = "127.0.0.1"
    package var port = 7777
    /// Whether another port does where this one is taken.
    package var mayMove = true
    package var token: AccessToken?

    package init() {}

    /// - Throws: `StudioError.noToken` where others can reach it, and nobody has chosen a token.
    package func check() throws(StudioError) {
      guard HostNames.isLoopback(host) || token != nil else { throw .noToken(host: host) }
    }
  }

  /// Connections that may be open at once; the idle ones of a crowd are closed to make room.
  private static let mostConnections = 4096
  private static let portsTried = 100

  private let place: Place
  private let token: AccessToken
  private let endpoints: [Endpoint]
  private let hub: EventHub
  private let page: PageFiles
  private let report: @Sendable (String) -> Void
  private let ending = Ending()

  /// - Parameter report: is told, in a line, of what should not have happened.
  /// - Throws: `StudioError.noToken`.
  package init(
    _ place: Place, endpoints: [Endpoint], hub: EventHub, page: PageFiles,
    report: @escaping @Sendable (String) -> Void
  ) throws(StudioError) {
    try place.check()
    (self.place, self.endpoints, self.hub, self.page, self.report) = (place, endpoints, hub, page, report)
    token = place.token ?? AccessToken()
  }

  /// Ends serving: nobody new is let in, answers that are on their way are given, and whoever is slow about them is cut off.
  package func end() async { await ending.end() }

  /// Serves until it is told to end.
  /// - Parameter ready: is told the address, with the token, when it can be called.
  /// - Throws: `StudioError`.
  package func run(ready: @escaping @Sendable (URL) -> Void) async throws {
    let connections = min(Self.mostConnections, OpenFiles.raise() - 256)
    for port in place.port..<min(place.port + (place.mayMove ? Self.portsTried : 1), 65_536) {
      let started = Started()
      do {
        return try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { try await serve(port, connections, started, ready) }
          group.addTask {
            while true {
              try await Task.sleep(for: .seconds(15))
              hub.beat()
            }
          }
          defer { group.cancelAll() }
          try await group.next()
        }
      } catch let error as IOError where !started.happened && error.errnoCode == EADDRINUSE {
        continue
      } catch let error as IOError where !started.happened {
        throw StudioError.cannotListen(
          host: place.host, port: port, reason: String(cString: strerror(error.errnoCode)))
      }
    }
    throw StudioError.portTaken(host: place.host, port: place.port)
  }

  private func serve(
    _ port: Int, _ connections: Int, _ started: Started, _ ready: @escaping @Sendable (URL) -> Void
  ) async throws {
    let registry = ConnectionRegistry(crowd: connections * 3 / 4)
    let application = application(port, connections, registry, started, ready)
    // A server that is cancelled while it takes a connection traps in NIO; one that is told to end does not.
    let group = ServiceGroup(configuration: .init(services: [application], logger: Self.quiet))
    ending.set(group, registry)
    try await group.run()
  }

  private static let quiet = Logger(label: "hiss.studio", factory: { _ in SwiftLogNoOpLogHandler() })

  private func application(
    _ port: Int, _ connections: Int, _ registry: ConnectionRegistry, _ started: Started,
    _ ready: @escaping @Sendable (URL) -> Void
  ) -> some ApplicationProtocol {
    let http = HTTP1Channel.Configuration(
      additionalChannelHandlers: [ConnectionGuard(registry)], idleTimeout: .seconds(30),
      httpDecoderConfiguration: .init(
        maxHeaderFieldSize: 32 << 10, maxHeaderListSize: 64 << 10, maxHeaderFieldCount: 100))
    return Application(
      router: router(port), server: .http1(configuration: http),
      configuration: ApplicationConfiguration(
        address: .hostname(place.host, port: port), serverName: "Hiss",
        availableConnectionsDelegate: .maximum(connections, logger: Self.quiet)),
      onServerRunning: { channel in
        started.happen()
        if let url = address(port: channel.localAddress?.port ?? port) { ready(url) }
      },
      logger: Self.quiet)
  }

  /// What is called by people.
  private func address(port: Int) -> URL? {
    let host = place.host.contains(":") && !place.host.hasPrefix("[") ? "[\(place.host)]" : place.host
    return URL(string: "http://\(host):\(port)/?token=\(token.text)")
  }

  /// Everything that is served.
  func router(_ port: Int) -> Router<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self, options: .autoGenerateHeadEndpoints)
    router.add(middleware: Answering(report: report))
    router.add(
      middleware: Gatekeeper(hosts: HostNames(listening: place.host), token: token, cookie: "hiss_token_\(port)"))
    router.serve(endpoints)
    router.get("/") { [page] _, _ in try page.answer([]) }
    router.get("/**") { [page] _, context in try page.answer(context.parameters.getCatchAll()) }
    return router
  }
}

/// What ends a server.
private final class Ending: Sendable {
  private struct State {
    var group: ServiceGroup?
    var registry: ConnectionRegistry?
    var isTold = false
  }
  private let state = Mutex(State())
  /// So long may answers take that are on their way.
  private static let patience = Duration.seconds(1)

  func set(_ group: ServiceGroup, _ registry: ConnectionRegistry) {
    let isTold = state.withLock { state in
      (state.group, state.registry) = (group, registry)
      return state.isTold
    }
    if isTold { Task { await group.triggerGracefulShutdown() } }
  }

  func end() async {
    let (group, registry) = state.withLock { state in
      state.isTold = true
      return (state.group, state.registry)
    }
    await group?.triggerGracefulShutdown()
    try? await Task.sleep(for: Self.patience)
    registry?.closeAll()
  }
}

/// Whether a server came to listen.
private final class Started: Sendable {
  private let flag = Mutex(false)
  var happened: Bool { flag.withLock { $0 } }
  func happen() { flag.withLock { $0 = true } }
}

/// The files and connections that this process may have open.
private enum OpenFiles {
  /// Raises the limit as far as the system lets it, and is of use.
  /// - Returns: the limit.
  static func raise() -> Int {
    var limit = rlimit()
    let wanted: rlim_t = 8192
    guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return 1024 }
    if limit.rlim_cur < wanted {
      limit.rlim_cur = min(wanted, limit.rlim_max)
      setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
      getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
    return Int(min(limit.rlim_cur, 1 << 20))
  }
}
