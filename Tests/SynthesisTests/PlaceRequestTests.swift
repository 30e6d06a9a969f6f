import Foundation
import Synthesis
import Testing

@Suite("What requests say of pan and width")
struct PlaceRequestTests {
  @Test("Options count more than words, and one channel more than a place")
  func drafts() throws {
    func resolve(_ prompt: String, _ change: (inout RequestDraft) throws -> Void = { _ in }) throws
      -> RequestDraft.Resolved
    {
      var draft = RequestDraft()
      draft.prompt = prompt
      try change(&draft)
      return try draft.resolve()
    }
    let read = try resolve("wide pad on the left, 90 bpm")
    #expect(read.request.pan == -0.7 && read.request.width == 1.5 && read.request.understoodPrompt == "pad, 90 bpm")
    #expect(read.understood == ["panned left", "wide", "90 bpm"] && read.notes.isEmpty)
    let other = try resolve("pad on the left") { try $0.set("pan", to: .untyped("0,3")) }
    #expect(other.request.pan == 0.3 && other.understood.isEmpty)
    #expect(other.notes.map { $0.text(prefix: "--") } == ["--pan 0.3 is taken, not the prompt's panned left"])
    let single = try resolve("wide pad") { $0.request.mono = true }
    #expect(single.request.width == nil && single.request.image == nil && single.understood.isEmpty)
    #expect(single.notes.map { $0.text(prefix: "--") } == ["--mono true is taken, not the prompt's wide"])
    let vain = try resolve("pad") { ($0.request.mono, $0.request.pan) = (true, 1) }
    #expect(vain.request.pan == nil && vain.notes.map { $0.text() } == ["pan is not used: the clip has one channel"])
    #expect(try resolve("pad, mono").request.mono == true && resolve("pad, mono").understood == ["mono"])
    #expect(try resolve("pad, mono") { $0.request.pan = 1 }.request.mono == nil)
    let unheard = try resolve("pad, wide") { $0.hearsPrompt = false }
    #expect(unheard.request.width == nil && unheard.request.englishPrompt == "pad, wide")
  }

  @Test("Another prompt takes away what the former one said, and not what was set")
  func formerPrompt() throws {
    var draft = RequestDraft()
    draft.prompt = "wide pad on the left"
    let old = try draft.resolve().request
    #expect(try RequestDraft(old).resolve().request == old)
    var next = RequestDraft(old)
    next.prompt = "flute"
    let resolved = try next.resolve()
    #expect(resolved.request.pan == nil && resolved.request.width == nil)
    #expect(resolved.notes.map { $0.text() } == ["what the former prompt said goes with it: panned left, wide"])
    var kept = RequestDraft(old)
    try kept.set("pan", to: .text("hard right"))
    kept.prompt = "flute"
    #expect(try kept.resolve().request.pan == 1)
  }

  @Test("Fields take words and numbers, and a request without them says nothing of them")
  func fields() throws {
    for (field, text, value) in [
      ("pan", "left", -0.7), ("pan", "Hard-Right", 1), ("pan", "centre", 0), ("pan", "-0.25", -0.25),
      ("pan", "slightly left", -0.35), ("width", "wide", 1.5), ("width", "narrow", 0.5), ("width", "2", 2),
    ] {
      var draft = RequestDraft(GenerationRequest(prompt: "x"))
      try draft.set(field, to: .untyped(text))
      #expect((field == "pan" ? draft.request.pan : draft.request.width) == value)
      #expect(RequestField.rows(of: draft.request).contains { $0.name == field && $0.value == "\(value)" })
    }
    var draft = RequestDraft(GenerationRequest(prompt: "x"))
    #expect(throws: FieldProblem.self) { try draft.set("pan", to: .text("up")) }
    for (pan, width) in [(2, nil), (.nan, nil), (nil, -0.1), (nil, 2.1)] as [(Double?, Double?)] {
      (draft.request.pan, draft.request.width) = (pan, width)
      #expect(throws: RequestProblem.self) { try draft.resolve() }
    }
    let plain = try JSONEncoder().encode(GenerationRequest(prompt: "x"))
    #expect(
      !String(decoding: plain, as: UTF8.self).contains("pan")
        && !String(decoding: plain, as: UTF8.self).contains("width"))
    var request = GenerationRequest(prompt: "x")
    (request.pan, request.width) = (-0.5, 1.2)
    #expect(try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(request)) == request)
    #expect(request.ofEarlierRevisions.isEmpty)
  }
}
