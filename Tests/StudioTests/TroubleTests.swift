import Foundation
import Library
import Studio
import TestSupport
import Testing

/// What is wrong with the disk is said, and work goes on when it is over.
@Suite struct TroubleTests {
  private func wait(_ seconds: Double = 10, until isSo: () -> Bool) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      if isSo() { return true }
      usleep(20_000)
    }
    return isSo()
  }

  @Test func aLibraryThatIsGoneIsSaidAndTakenUpAgain() async throws {
    let studio = try await StudioUnderTest()
    let stream = studio.studio.hub.subscribe(after: nil)
    let (folder, away) = (studio.libraryFolder, studio.libraryFolder.appendingPathExtension("away"))
    try FileManager.default.moveItem(at: folder, to: away)
    #expect(wait { studio.studio.troubles.current?.contains("folder is gone") == true })
    let refused = studio.call("POST", "/undo")
    #expect(refused.status == 503 && (refused.json["detail"] as? String)?.contains("folder is gone") == true)
    #expect(studio.call("GET", "/clips").status == 503)
    try FileManager.default.moveItem(at: away, to: folder)
    #expect(wait { studio.studio.troubles.current == nil })
    #expect(studio.call("GET", "/clips").status == 200)
    let told = stream.take()
    let places = ["folder is gone", "\"trouble\":null"].map { told.range(of: $0)?.lowerBound }
    #expect(places[0] != nil && places[1] != nil && places[0]! < places[1]!, "\(told)")
    #expect(studio.call("GET", "/status").json["trouble"] == nil)
  }

  @Test(.enabled(if: StudioUnderTest.canMakeSound)) func aJobOutlastsALibraryThatIsGoneForAMoment() async throws {
    let studio = try await StudioUnderTest()
    let (folder, away) = (studio.libraryFolder, studio.libraryFolder.appendingPathExtension("away"))
    let asked = studio.call(
      "POST", "/jobs", ["kind": "generate", "prompt": "bell", "seconds": 1, "count": 6, "seed": 1])
    let id = try #require((asked.json["job"] as? [String: Any])?["id"] as? String)
    #expect(wait(60) { (studio.call("GET", "/clips").json["total"] as? Int ?? 0) > 0 })
    try FileManager.default.moveItem(at: folder, to: away)
    usleep(1_500_000)
    try FileManager.default.moveItem(at: away, to: folder)
    let job = studio.wait(for: id)
    #expect(job["state"] as? String == "done" && job["done"] as? Int == 6, "\(job)")
    let clips = studio.call("GET", "/clips").json["clips"] as? [[String: Any]] ?? []
    #expect(clips.compactMap { $0["take"] as? Int }.sorted() == Array(1...6))
    for clip in clips {
      let file = folder.appending(path: clip["file"] as? String ?? "?")
      #expect(FileManager.default.fileExists(atPath: file.path))
    }
  }

  @Test func whatUsersDidWrongIsNoTrouble() async throws {
    let studio = try await StudioUnderTest(works: false)
    for (method, path) in [("GET", "/clips/aaaaaaaaaa"), ("POST", "/jobs"), ("GET", "/folders/none")] {
      _ = studio.call(method, path, method == "POST" ? ["kind": "generate"] : nil)
    }
    #expect(studio.studio.troubles.current == nil)
  }
}
