import Audio
import Foundation
import Library
import Studio
import Testing

/// What is refused, and in which words: those of the API, without paths of this machine.
@Suite struct PlainWordsTests {
  private func store(_ name: String, in studio: StudioUnderTest, seconds: Double = 1) throws -> LibraryClip {
    let bytes = Sounds.wave(seconds: seconds)
    let file = studio.libraryFolder.appending(path: ".\(name).wav")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try studio.studio.library.store(bytes, AudioFile.read(file), ClipFacts(name: name))
  }

  @Test func anArchiveWithoutAClipThatBelongsIntoItIsNone() async throws {
    let studio = try await StudioUnderTest(works: false)
    let clips = try ["a", "b"].map { try store($0, in: studio) }
    for clip in clips { #expect(studio.call("PATCH", "/clips/\(clip.id)", ["state": "picked"]).status == 200) }
    #expect(studio.call("GET", "/downloads.zip").status == 200)
    try FileManager.default.removeItem(at: studio.libraryFolder.appending(path: "Picks/b.wav"))
    for path in ["", "?clips=\(clips[1].id)", "?clips=\(clips[0].id),\(clips[1].id)"] {
      let answer = studio.call("GET", "/downloads.zip\(path)")
      let detail = answer.json["detail"] as? String ?? ""
      #expect(answer.status == 410 && detail.hasPrefix("Picks/b.wav: ") && !detail.contains("/Picks"), "\(detail)")
    }
    #expect(studio.call("GET", "/downloads.zip?clips=\(clips[0].id)").status == 200)
  }

  @Test func aStarredClipIsWhereStarredClipsAre() async throws {
    let studio = try await StudioUnderTest(works: false)
    let id = try store("a", in: studio).id
    #expect(studio.call("DELETE", "/clips/\(id)").status == 204)
    #expect(studio.call("PATCH", "/clips/\(id)", ["state": "picked"]).status == 200)
    #expect(studio.call("GET", "/clips?state=picked").json["total"] as? Int == 1)
    #expect(studio.call("PATCH", "/clips/\(id)", ["tags": ["a\u{0}b"]]).status == 422)
    let same: [String: Any] = ["winner": id, "losers": [id], "kind": "ab"]
    #expect(studio.call("POST", "/comparisons", same).status == 422)
  }

  @Test(arguments: ["1.5", "1e99", "99999999999999999999"])
  func numbersThatAreNoneAreCalledThat(number: String) async throws {
    let studio = try await StudioUnderTest(works: false)
    let headers = ["Content-Type": "application/json"].merging(studio.server.letIn) { $1 }
    let body = "{\"kind\":\"generate\",\"prompt\":\"a\",\"count\":\(number)}"
    let answer = studio.server.client.call("POST", "/api/v1/jobs", headers, body: Array(body.utf8))
    let detail = answer.json["detail"] as? String ?? ""
    #expect(answer.status == 400 && detail.contains("a number is too large, or has a fraction"), "\(detail)")
    let broken = studio.server.client.call("POST", "/api/v1/jobs", headers, body: Array("{\"kind\":1.5,}x".utf8))
    #expect((broken.json["detail"] as? String)?.contains("number") == false)
  }

  @Test(.enabled(if: StudioUnderTest.canMakeSound)) func whatCannotBeMadeIsSaidInTheWordsOfTheAPI() async throws {
    let studio = try await StudioUnderTest()
    let id = try store("a", in: studio, seconds: 2).id
    let short = studio.make(["kind": "continue", "source": id, "prompt": "organ", "seconds": 1])
    let error = short["error"] as? String ?? short["detail"] as? String ?? ""
    #expect(error.contains("Clips/a.wav: nothing is left to continue"), "\(short)")
    #expect(!error.contains("--") && !error.contains("/Clips"))
    let twice: [String: Any] = ["kind": "generate", "prompt": "organ", "seconds": 1, "bars": 1, "bpm": 90]
    let both = studio.call("POST", "/jobs", twice)
    #expect(both.json["detail"] as? String == "seconds and bars exclude each other", "\(both.text)")
  }

  @Test(.enabled(if: StudioUnderTest.canMakeSound)) func noticesCallFilesAsTheirOwnersDo() async throws {
    let studio = try await StudioUnderTest()
    let upload = studio.upload(Sounds.wave(seconds: 1), name: "my hum.wav").json["upload"] as? [String: Any]
    let id = try #require(upload?["id"] as? String)
    let job = studio.make(["kind": "generate", "prompt": "organ, C major chords C F", "follow": id, "seconds": 2])
    let notices = (job["notices"] as? [String] ?? []).joined(separator: "\n")
    #expect(notices.contains("my hum.wav") && !notices.contains("/"), "\(job)")
  }

  @Test(.enabled(if: StudioUnderTest.canMakeSound)) func aNoticeIsSaidOnce() async throws {
    let studio = try await StudioUnderTest()
    let words = Array(repeating: "no drums", count: 100).joined(separator: ", ")
    let job = studio.make(["kind": "generate", "prompt": "organ, \(words)", "seconds": 0.5])
    let notices = job["notices"] as? [String] ?? []
    #expect(job["state"] as? String == "done" && !notices.isEmpty && notices.count <= 40, "\(notices.count)")
    #expect(Set(notices).count == notices.count)
  }
}
