import Foundation
import Library
import Studio
import Synthesis
import TestSupport
import Text

/// A studio with a library of its own, which serves on a free port.
final class StudioUnderTest: Sendable {
  let studio: Studio
  let server: ServerUnderTest
  private let folder: Folder

  private final class Folder: @unchecked Sendable {
    // Sendable: never changed.
    let directory: TemporaryDirectory
    init() throws { directory = try TemporaryDirectory() }
  }

  /// Whether the bundled model and the text encoder are on this machine.
  static let canMakeSound =
    (try? SentenceEncoder.locate(explicit: nil)) != nil && (try? ModelLibrary.locate(ModelLibrary.defaultName)) != nil

  /// - Parameter fill: changes how it is set up.
  init(works: Bool = true, fill: (inout Studio.Setup) -> Void = { _ in }) async throws {
    folder = try Folder()
    let library = folder.directory.file("library")
    var setup = Studio.Setup(library: library, models: library.appending(path: "Models"), threads: 2)
    fill(&setup)
    studio = try Studio(setup) { print($0) }
    if works { try studio.start { print($0) } }
    server = try await ServerUnderTest(endpoints: studio.endpoints, hub: studio.hub)
  }

  var libraryFolder: URL { studio.library.folder.url }

  deinit { studio.stop() }

  // MARK: Calls

  func call(_ method: String, _ path: String, _ body: Any? = nil, _ headers: [String: String] = [:]) -> RawClient.Answer
  {
    var headers = headers.merging(server.letIn) { $1 }
    var bytes: [UInt8] = []
    if let body {
      headers["Content-Type"] = "application/json"
      bytes = Array((try? JSONSerialization.data(withJSONObject: body)) ?? Data())
    }
    return server.client.call(method, "/api/v1" + path, headers, body: bytes)
  }

  func upload(_ bytes: [UInt8], name: String, to path: String = "/uploads") -> RawClient.Answer {
    let body =
      Array("--X\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n\r\n".utf8) + bytes
      + Array("\r\n--X--\r\n".utf8)
    let headers = ["Content-Type": "multipart/form-data; boundary=X"].merging(server.letIn) { $1 }
    return server.client.call("POST", "/api/v1" + path, headers, body: body)
  }

  /// Asks for a job, and waits until it has ended.
  func make(_ request: [String: Any]) -> [String: Any] {
    let answer = call("POST", "/jobs", request)
    guard let id = (answer.json["job"] as? [String: Any])?["id"] as? String else { return answer.json }
    return wait(for: id)
  }

  func wait(for job: String, seconds: Double = 60) -> [String: Any] {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      let found = call("GET", "/jobs/\(job)").json["job"] as? [String: Any] ?? [:]
      if let state = found["state"] as? String, ["done", "failed", "cancelled"].contains(state) { return found }
      usleep(20_000)
    }
    return [:]
  }
}
