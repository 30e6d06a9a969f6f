import Foundation
import Studio
import Testing

@Suite(.enabled(if: StudioUnderTest.canMakeSound), .serialized) struct LikedRelativesTests {
  /// By the tags of a clip, which replays go by.
  private func relation(_ id: String, in studio: StudioUnderTest) -> [String: Any] {
    let clip = studio.call("GET", "/clips/\(id)").json["clip"] as? [String: Any]
    let request = (clip?["request"] as? [String: Any])?["request"] as? [String: Any]
    return request?["relation"] as? [String: Any] ?? [:]
  }

  private func ids(_ job: [String: Any]) -> [String] { job["clips"] as? [String] ?? [] }

  @Test func relativesBeginWithNoiseLikeThatOfStarredOnes() async throws {
    let studio = try await StudioUnderTest()
    let first = ids(studio.make(["kind": "generate", "prompt": "pad", "seconds": 1, "seed": 5]))
    let source = try #require(first.first)
    let set = ids(studio.make(["kind": "vary", "source": source, "count": 3, "seed": 40]))
    try #require(set.count == 3)
    #expect(relation(set[0], in: studio)["seed"] as? Int == 5 && relation(set[0], in: studio)["liked"] == nil)
    #expect(studio.call("PATCH", "/clips/\(set[1])", ["state": "picked"]).status == 200)
    #expect(studio.call("PATCH", "/clips/\(set[2])", ["rating": 5]).status == 200)
    #expect(studio.call("PATCH", "/clips/\(set[0])", ["rating": 3]).status == 200)
    let next = ids(studio.make(["kind": "vary", "source": source, "count": 1, "seed": 70]))
    let made = relation(try #require(next.first), in: studio)
    #expect(made["liked"] as? [Int] == [41, 42] && made["seed"] as? Int == 5, "\(made)")
    // Of another clip nothing is liked yet, and what a program says itself counts.
    let other = ids(studio.make(["kind": "vary", "source": set[1], "count": 1, "seed": 90]))
    #expect(relation(try #require(other.first), in: studio)["liked"] == nil)
    let own = ids(studio.make(["kind": "vary", "source": source, "count": 1, "seed": 95, "liked": [40]]))
    #expect(relation(try #require(own.first), in: studio)["liked"] as? [Int] == [40])
    #expect(studio.call("POST", "/jobs", ["kind": "vary", "source": source, "liked": [Int]()]).status == 422)
  }
}
