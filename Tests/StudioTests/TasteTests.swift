import Audio
import Foundation
import Library
import Studio
import Testing

@Suite struct TasteTests {
  @Test func clipsAreOrderedByWhatWasPreferred() async throws {
    let studio = try await StudioUnderTest(works: false)
    let schema = try ContractSchema()
    var (dark, bright) = ([String](), [String]())
    for number in 0..<20 {
      for (name, hertz) in [("dark", 120.0), ("bright", 4000.0)] {
        let bytes = Sounds.wave(seconds: 1 + 0.05 * Double(number % 7), hertz: hertz * (1 + 0.01 * Double(number)))
        let file = studio.libraryFolder.appending(path: "\(name)-\(number).wav")
        try Data(bytes).write(to: file)
        let clip = try studio.studio.library.store(bytes, AudioFile.read(file), ClipFacts(name: "\(name)-\(number)"))
        if name == "dark" { dark.append(clip.id) } else { bright.append(clip.id) }
      }
    }
    func order(_ more: String = "") -> [String] {
      let answer = studio.call("GET", "/clips?sort=taste&limit=40\(more)")
      #expect(schema.fault("GET", "/clips", status: answer.status, answer.json) == nil)
      return (answer.json["clips"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    }
    let asked = studio.call("GET", "/taste/pair")
    #expect(schema.fault("GET", "/taste/pair", status: asked.status, asked.json) == nil)
    let pair = (asked.json["clips"] as? [[String: Any]] ?? []).compactMap { $0["id"] as? String }
    #expect(Set(pair).count == 2 && Set(pair).isSubset(of: dark + bright))
    // Nothing is known yet: the newest first.
    let newest = (studio.call("GET", "/clips?limit=40").json["clips"] as? [[String: Any]] ?? []).compactMap {
      $0["id"] as? String
    }
    #expect(order() == newest)
    #expect(studio.call("GET", "/taste").json["learned"] as? Bool == false)
    for number in 0..<16 {
      let comparison: [String: Any] = ["winner": dark[number], "losers": [bright[(number + 3) % 20]], "kind": "ab"]
      #expect(studio.call("POST", "/comparisons", comparison).status == 204)
    }
    let taste = studio.call("GET", "/taste")
    #expect(schema.fault("GET", "/taste", status: taste.status, taste.json) == nil)
    #expect(taste.json["learned"] as? Bool == true && taste.json["picks"] as? Int == 16, "\(taste.json)")
    #expect((taste.json["beliefs"] as? [String])?.contains { $0.contains("darker") } == true, "\(taste.json)")
    // Also those that were never compared.
    #expect(Set(order().prefix(20)) == Set(dark))
    #expect(Set(order("&order=ascending").prefix(20)) == Set(bright))
    let page = studio.call("GET", "/clips?sort=taste&offset=18&limit=4").json
    #expect(page["total"] as? Int == 40 && (page["clips"] as? [Any])?.count == 4)
    #expect(studio.call("GET", "/clips?sort=tastes").status == 400)
  }
}
