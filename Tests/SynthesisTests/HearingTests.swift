import Music
import Synthesis
import Testing

@Suite("What counts of a prompt is said, and what does not")
struct HearingTests {
  private func resolve(
    _ prompt: String, change: (inout RequestDraft) throws -> Void = { _ in }
  ) throws -> (request: GenerationRequest, understood: [String], notes: [String]) {
    var draft = RequestDraft()
    draft.prompt = prompt
    try change(&draft)
    let resolved = try draft.resolve()
    return (resolved.request, resolved.understood, resolved.notes.map { $0.text(prefix: "--") })
  }

  @Test("What an option says otherwise is told, and not what it repeats")
  func overruled() throws {
    let tempo = try resolve("piano in A minor, 120 bpm") { $0.controls.tempo = 200 }
    #expect(tempo.understood == ["A minor"] && tempo.notes == ["--bpm 200 is taken, not the prompt's 120 bpm"])
    #expect(try resolve("piano, 120 bpm") { $0.controls.tempo = 120 }.notes.isEmpty)
    #expect(
      try resolve("piano in A minor") { $0.controls.key = "D dorian" }.notes
        == ["--key D dorian is taken, not the prompt's A minor"])
    #expect(
      try resolve("funk, 8 bars, 120 bpm") { $0.bars = 2 }.notes == ["--bars 2 is taken, not the prompt's 8 bars"])
    #expect(
      try resolve("funk, 8 bars, 120 bpm") { $0.duration = 3 }.notes
        == ["--duration 3 is taken, not the prompt's 8 bars"])
    #expect(
      try resolve("piano, chords Am F") { $0.controls.chords = "C G" }.notes
        == ["--chords C G is taken, not the prompt's chords Am F"])
    #expect(
      try resolve("single C4 note") { $0.controls.note = "D4" }.notes == [
        "--note D4 is taken, not the prompt's note C4"
      ])
    #expect(
      try resolve("waltz") { $0.controls.timeSignature = "4/4" }.notes
        == ["--time-signature 4/4 is taken, not the prompt's 3/4"])
    #expect(try resolve("piano in A minor, 90 bpm, 8 bars").understood == ["90 bpm", "8 bars", "A minor"])
  }

  @Test(
    "Numbers that no clip can have, and what is said twice, are told",
    arguments: [
      ("piano, 1000 bpm", "\"1000 bpm\" is not heard"), ("5 bpm piano", "\"5 bpm\" is not heard"),
      ("piano, 90-120 bpm", "\"90-120 bpm\" is not heard"), ("techno, BPM: 1000", "is not heard"),
      ("0 bars, 120 bpm", "\"0 bars\" is not heard"), ("pad, 0.05 seconds", "\"0.05 seconds\" is not heard"),
      ("drone, 500 seconds", "\"500 seconds\" is not heard"), ("a 2-minute drone", "is not heard: write seconds"),
      ("house @120", "write \"120 bpm\""), ("house @ 128", "write \"128 bpm\""), ("~120 bpm piano", "is not heard"),
      ("techno, 120bpm, then 140 bpm", "the prompt says 120 bpm and 140 bpm: 120 bpm is taken"),
      ("piano in A minor, then in C major", "says A minor and C major"),
      ("4 bars or 8 bars, 90 bpm", "says 4 bars and 8 bars"),
      ("piano, Cmaj7", "write \"chords Cmaj7\""), ("piano, Am F", "write \"chords Am F\""),
      ("2.5 bars, 90 bpm", "is not heard"),
    ])
  func remarks(prompt: String, words: String) throws {
    let notes = try resolve(prompt).notes
    #expect(notes.filter { $0.contains(words) }.count == 1, "\(notes)")
    #expect(notes.allSatisfy { $0.ranges(of: "prompt").count <= 1 }, "\(notes)")
  }

  @Test(
    "Of ordinary prompts nothing is told",
    arguments: [
      "warm electric piano chords in A minor, 90 bpm", "808 drums", "12-bar blues, 120 bpm", "bpm 120 piano",
      "A4 on pan pipes",
      "chords Am F C G, 8 bars, 90 bpm", "second violin", "AM radio", "single C4 note", "in G: G D Em C", "E7 chord",
      "90 bpm 120 voices",
      "piano @ home", "Go-go beat", "80s synth", "C5 E5 G5 melody",
    ])
  func nothing(prompt: String) throws { #expect(try resolve(prompt).notes.isEmpty) }

  @Test("The name of a minor chord alone is the key; decimal commas are numbers")
  func loneKey() throws {
    #expect(try resolve("Bbm piano").request.controls?.key == "Bb minor")
    #expect(try resolve("dark strings, F#m").understood == ["F# minor"])
    #expect(try resolve("Am I blue").request.controls?.key == nil)
    #expect(try resolve("pad, 2,5 seconds").request.duration == 2.5)
    #expect(try resolve("pad, 120,5 bpm").request.controls?.tempo == 120.5)
    // A clip is made again by the rules of its time.
    #expect(PromptMusic("Bbm piano", rules: .second).caption == "Bbm piano")
    #expect(try resolve("Bbm piano").request.controls?.rules == .third)
  }

  @Test("Another prompt takes with it what the former one said, and leaves what an option said")
  func anotherPrompt() throws {
    func again(_ former: GenerationRequest, _ fields: [(String, String)]) throws -> (GenerationRequest, [String]) {
      var draft = RequestDraft(former)
      for (name, value) in fields { try draft.set(name, to: .untyped(value)) }
      let resolved = try draft.resolve()
      return (resolved.request, resolved.notes.map { $0.text() })
    }
    let former = try resolve("piano in A minor, 8 bars, 120 bpm, no drums").request
    #expect(former.duration == 16 && former.negativePrompt == "drums")
    let (plain, notes) = try again(former, [("prompt", "flute")])
    #expect(plain.controls == nil && plain.duration == 4 && plain.negativePrompt == "" && plain.negativeScale == nil)
    #expect(notes == ["what the former prompt said goes with it: 120 bpm, A minor, 8 bars, no drums"])
    let other = try again(former, [("prompt", "flute in D minor, 90 bpm, 4 bars, no bass")]).0
    #expect(other.controls?.tempo == 90 && other.controls?.key == "D minor" && other.negativePrompt == "bass")
    #expect(abs(other.duration - 4 * 4 * 60 / 90) < 1e-9)
    for fields in [[("bpm", "120"), ("prompt", "flute")], [("prompt", "flute"), ("bpm", "120")]] {
      #expect(try again(former, fields).0.controls?.tempo == 120)
    }
    let given = try resolve("piano in A minor, 120 bpm") {
      ($0.controls.tempo, $0.negativePrompt, $0.duration) = (200, "choir", 7)
    }.request
    let kept = try again(given, [("prompt", "flute, 90 bpm")])
    #expect(kept.0.controls?.tempo == 200 && kept.0.negativePrompt == "choir" && kept.0.duration == 7)
    #expect(kept.0.controls?.key == nil)
    #expect(kept.1.contains("bpm 200 is taken, not the prompt's 90 bpm"))
    let chords = try resolve("waltz, chords Am F").request
    #expect(try again(chords, [("prompt", "chords C G on a piano")]).0.controls?.beatsPerChord == 4)
    #expect(try again(chords, [("seed", "8")]).0.controls == chords.controls)
  }

  @Test("A field that is set for a clip again says what it takes the place of")
  func replayed() throws {
    let former = try resolve("piano, 120 bpm").request
    var draft = RequestDraft(former)
    try draft.set("bpm", to: .untyped("200"))
    let resolved = try draft.resolve(takesControls: false)
    #expect(resolved.notes.map { $0.text() } == ["bpm 200 is taken, not the prompt's 120 bpm"])
    var unchanged = RequestDraft(former)
    try unchanged.set("seed", to: .untyped("3"))
    #expect(try unchanged.resolve(takesControls: false).notes.isEmpty)
  }
}
