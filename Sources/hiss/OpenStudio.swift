import ArgumentParser
import Dispatch
import Foundation
import Library
import Studio
import Synthesis

struct OpenStudio: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "studio",
    abstract: "Open the studio: ask, hear, pick and refine in the browser.",
    discussion: """
      Serves a page on this machine alone, prints its address, and opens it where there is a browser. What is made lies in \
      the library's folder as WAV files. Nothing leaves the machine. Ctrl-C ends it; what was asked for and not made yet is \
      made the next time.

      EXAMPLES
        hiss studio
        hiss studio --library ~/projects/game/sounds --port 8000
        hiss studio --samples ~/samples/drums
        hiss studio --host 192.168.1.20 --token "$(openssl rand -hex 16)"
      """)

  @Option(help: "The folder that clips are kept in (default: $HISS_LIBRARY, or ~/Music/Hiss).")
  var library: String?

  @Option(name: .shortAndLong, help: "A model's name or folder; `hiss models` lists them.")
  var model = ModelLibrary.defaultName

  @Option(parsing: .unconditional, help: "Where it listens (default: 7777, or the next port that is free).")
  var port: Int?

  @Option(help: "The address that it listens on. Others can reach any but the usual one: that wants a --token.")
  var host = "127.0.0.1"

  @Option(help: "What pages have to show, 16 letters and digits at least (default: drawn anew each time).")
  var token: String?

  @Option(help: "A folder of samples to learn from, beside those that pages send; once for each.")
  var samples: [String] = []

  @Flag(inversion: .prefixedNo, help: "Open the browser.")
  var open = true

  @OptionGroup(title: "Machine Options")
  var engine: EngineOptions

  func validate() throws {
    if let port, !(0...65_535).contains(port) { throw ValidationError("--port \(port) is not between 0 and 65535") }
  }

  func run() throws {
    var place = StudioServer.Place()
    place.host = host
    (place.port, place.mayMove) = (port ?? place.port, port == nil)
    if let token {
      guard let token = AccessToken(token) else { throw StudioError.badToken }
      place.token = token
    }
    try place.check()
    let folder = library.map { URL(fileURLWithPath: $0) } ?? LibraryFolder.usual
    var setup = Studio.Setup(library: folder, models: modelsFolder(beside: folder), threads: engine.work.threads)
    // What is wrong with the model is said before a page opens.
    _ = try ModelSource(named: model)
    setup.model = model
    setup.encoder = try engine.locateEncoder()
    setup.samples = samples.map { URL(fileURLWithPath: $0) }
    let studio = try Studio(setup) { Console.note($0) }
    let server = try StudioServer(
      place, endpoints: studio.endpoints, hub: studio.hub, page: .found(), report: { Console.note($0) })
    try studio.start { Console.note($0) }
    defer { studio.stop() }
    try serve(server, studio)
  }

  /// Where trained models go, and are found again: `HISS_MODELS`, or the library's own folder of them.
  private func modelsFolder(beside library: URL) -> URL {
    if let named = ProcessInfo.processInfo.environment["HISS_MODELS"], !named.isEmpty {
      return URL(fileURLWithPath: named)
    }
    let folder = library.appendingPathComponent("Models")
    setenv("HISS_MODELS", folder.path, 1)
    return folder
  }

  private func serve(_ server: StudioServer, _ studio: Studio) throws {
    let (opens, end) = (open, DispatchSemaphore(value: 0))
    let outcome = Outcome()
    Task.detached {
      do {
        try await server.run { address in
          Console.result(address.absoluteString)
          if opens { Browser.open(address) }
        }
      } catch { outcome.set(error) }
      end.signal()
    }
    let interrupt = Interrupt()
    while end.wait(timeout: .now() + 0.1) == .timedOut {
      guard interrupt.happened else { continue }
      // What is asked for is on the disk; streams of events end, and then the connections.
      Task.detached { await server.end() }
      studio.stop()
      _ = end.wait(timeout: .now() + Self.patience)
      return
    }
    if let error = outcome.error { throw error }
  }

  /// Seconds that connections have to end.
  private static let patience = 4.0

  /// How serving ended.
  private final class Outcome: @unchecked Sendable {
    // Sendable: behind the lock.
    private let lock = NSLock()
    private var stored: (any Error)?
    var error: (any Error)? { lock.withLock { stored } }
    func set(_ error: any Error) { lock.withLock { stored = error } }
  }
}
