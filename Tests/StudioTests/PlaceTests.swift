import Audio
import Foundation
import Testing

/// Where clips lie between left and right, as the API has it.
@Suite(.enabled(if: StudioUnderTest.canMakeSound), .serialized) struct PlaceTests {
  private let schema: ContractSchema
  init() throws { schema = try ContractSchema() }

  @Test func aClipLiesWhereItIsAskedTo() async throws {
    let studio = try await StudioUnderTest()
    let job = studio.make(["kind": "generate", "prompt": "marimba", "seconds": 0.5, "seed": 3, "pan": -1])
    let made = try #require((job["clips"] as? [String])?.first, "\(job)")
    let url = studio.libraryFolder.appendingPathComponent("left.wav")
    try Data(studio.call("GET", "/clips/\(made)/audio").body).write(to: url)
    let clip = try AudioFile.read(url)
    #expect(clip.channelCount == 2 && clip.channels[1].allSatisfy { $0 == 0 } && clip.peak > 0.01)
    for (field, value) in [("pan", 2), ("width", 3)] {
      let answer = studio.call("POST", "/jobs", ["kind": "generate", "prompt": "marimba", field: value])
      #expect(answer.status == 422, "\(answer.json)")
    }
  }

  @Test func wordsOfPlaceAreChips() async throws {
    let studio = try await StudioUnderTest()
    let placed = studio.call("POST", "/reading", ["prompt": "wide pad, left", "width": 0.5])
    #expect(schema.fault("POST", "/reading", status: placed.status, placed.json) == nil)
    let places = (placed.json["chips"] as? [[String: String]] ?? []).filter { $0["kind"] == "place" }
    #expect(places.map { $0["text"] } == ["panned left", "width 0.5"] && placed.json["caption"] as? String == "pad")
    let plain =
      studio.call("POST", "/reading", ["prompt": "right hand piano"]).json["chips"] as? [[String: String]] ?? []
    #expect(plain.allSatisfy { $0["kind"] != "place" })
  }
}
