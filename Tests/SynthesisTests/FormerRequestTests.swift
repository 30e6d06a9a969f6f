import Foundation
import Music
import Synthesis
import Testing

@Suite("Requests of earlier versions are read as they were")
struct FormerRequestTests {
  private func decoded(_ json: String) throws -> GenerationRequest {
    try JSONDecoder().decode(GenerationRequest.self, from: Data(json.utf8))
  }

  @Test("A replay keeps length, rules and beats, whatever its files are today")
  func replay() throws {
    let old = try decoded(
      #"{"prompt":"funk, 8 bars, 90 bpm","seed":7,"duration":4,"controls":{"tempo":90,"hasHeardPrompt":true,"#
        + #""midi":{"path":"/nowhere/song.mid","hash":"0"},"timeSignature":"3/4","chords":"C | | G","beatsPerChord":4}}"#
    )
    let replayed = try RequestDraft(old).resolve(takesControls: false)
    #expect(replayed.request == old && replayed.notes.isEmpty && old.controls?.rules == nil)
    #expect(old.caption(for: []) == "funk, 8 bars")
    var other = RequestDraft(old)
    try other.set("seed", to: .untyped("8"))
    #expect(try other.resolve(takesControls: false).request.controls == old.controls)
  }

  @Test("A request says its rules only where they make a difference")
  func rules() throws {
    func rules(_ prompt: String, chords: String? = nil) throws -> ReadingRules? {
      var draft = RequestDraft(GenerationRequest(prompt: prompt))
      draft.controls.chords = chords
      return try draft.resolve().request.controls?.rules
    }
    for prompt in ["piano in A minor, 90 bpm", "waltz, chords Am F", "single C4 note"] {
      #expect(try rules(prompt) == nil, "\(prompt)")
    }
    #expect(try rules("funk, 8 bars, 90 bpm") == .second && rules("bpm 90 piano") == .second)
    #expect(try rules("piano", chords: "C^7 | F") == nil && rules("piano", chords: "C | | G") == .second)
    let request = try RequestDraft(GenerationRequest(prompt: "funk, 8 bars, 90 bpm")).resolve().request
    #expect(request.caption(for: []) == "funk")
    #expect(try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(request)) == request)
  }
}
