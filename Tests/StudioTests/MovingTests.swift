import Foundation
import Studio
import Testing

/// What happens to clips while jobs are at them.
@Suite(.enabled(if: StudioUnderTest.canMakeSound), .serialized) struct MovingTests {
  private func ids(_ job: [String: Any]) -> [String] { job["clips"] as? [String] ?? [] }

  private func ask(_ studio: StudioUnderTest, _ request: [String: Any]) throws -> String {
    let answer = studio.call("POST", "/jobs", request)
    return try #require((answer.json["job"] as? [String: Any])?["id"] as? String, "\(answer.text)")
  }

  @Test(arguments: ["continue", "redo", "generate"]) func aJobFollowsItsSource(kind: String) async throws {
    let studio = try await StudioUnderTest()
    let source = try #require(ids(studio.make(["kind": "generate", "prompt": "drum beat", "seconds": 1])).first)
    var request: [String: Any] = ["kind": kind, "source": source, "count": 6, "steps": 12]
    switch kind {
    case "redo": request["region"] = ["start": 0.2, "end": 0.6]
    case "generate": (request["prompt"], request["seconds"]) = ("organ", 1)
    default: request["seconds"] = 2
    }
    let id = try ask(studio, request)
    for change in 0..<6 {
      usleep(150_000)
      let state = ["picked", "new"][change % 2]
      #expect(studio.call("PATCH", "/clips/\(source)", ["state": state]).status == 200)
    }
    #expect(studio.call("DELETE", "/clips/\(source)").status == 204)
    let job = studio.wait(for: id)
    #expect(job["state"] as? String == "done" && ids(job).count == 6, "\(job)")
  }

  @Test func whatIsThrownAwayIsNotMadeAndTheRestIs() async throws {
    let studio = try await StudioUnderTest()
    _ = studio.make(["kind": "generate", "prompt": "pad", "seconds": 0.5])
    let id = try ask(studio, ["kind": "generate", "prompt": "slow strings", "seconds": 8, "count": 4, "steps": 40])
    var drafts: [String] = []
    while drafts.count < 4 {
      drafts = ids(studio.call("GET", "/jobs/\(id)").json["job"] as? [String: Any] ?? [:])
      usleep(5000)
    }
    #expect(studio.call("DELETE", "/clips/\(drafts[3])").status == 204)
    #expect(studio.call("POST", "/bin/empty").status == 204)
    let job = studio.wait(for: id)
    #expect(job["state"] as? String == "done" && ids(job) == Array(drafts[..<3]), "\(job)")
    #expect(job["done"] as? Int == 3)
  }
}
