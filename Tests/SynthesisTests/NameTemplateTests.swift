import Synthesis
import Testing

@Suite("Names of files")
struct NameTemplateTests {
  private func name(
    _ template: String?, _ prompt: String, take: Int = 7, isPlain: Bool = false,
    _ fill: (inout RequestDraft) -> Void = { _ in }
  ) throws -> String {
    var draft = RequestDraft()
    draft.prompt = prompt
    draft.seed = 42
    fill(&draft)
    let request = try draft.resolve().request
    return try (template.map { try NameTemplate($0) } ?? .standard).name(of: request, take: take, isPlain: isPlain)
  }

  @Test(
    "Tempo, key and note are in the name where they are known",
    arguments: [
      ("rock drum beat, 120 bpm", "rock-drum-beat_120bpm_07"), ("warm pad", "warm-pad_07"),
      ("electric piano in F# minor, 97.5 bpm", "electric-piano_97.5bpm_F#m_07"),
      ("piano in E flat major", "piano_Eb_07"), ("harp in D dorian", "harp_Ddorian_07"),
      ("marimba, A3 note", "marimba-note_A3_07"), ("120 bpm", "120-bpm_120bpm_07"),
      ("strings, chords Am F C G", "strings-chords_07"),
    ])
  func standard(prompt: String, wanted: String) throws {
    #expect(try name(nil, prompt) == wanted)
  }

  @Test func fieldsAndWhatFallsAway() throws {
    let template = "{prompt}_{bpm}bpm_{key}_{seed}"
    #expect(try name(template, "pad in A minor, 90 bpm") == "pad_90bpm_Am_42")
    #expect(try name(template, "pad") == "pad_42")
    #expect(try name("MyPack-{bpm}-{bars} bars-{seconds}s", "drums, 120 bpm") { $0.bars = 2 } == "MyPack-120-2 bars-4s")
    #expect(try name("MyPack-{bpm}-{bars} bars-{seconds}s", "drums") { $0.duration = 1.5 } == "MyPack bars-1.5s")
    #expect(try name("{bpm}", "drums") == "clip")
    #expect(try name("{TAKE}", "drums", take: 123) == "123")
    #expect(try NameTemplate("{prompt}.FLAC").fileExtension == "flac")
    #expect(try name("{prompt}.flac", "pad") == "pad" && NameTemplate("v1.5_{take}").fileExtension == nil)
    // Where a # cannot stand, the key is spelt with a flat.
    #expect(try name(nil, "piano in F# minor", isPlain: true) == "piano_Gbm_07")
    #expect(try name(nil, "忧伤的钢琴", isPlain: true).contains("_07"))
  }

  @Test(
    "What is no template is told in one line",
    arguments: [
      ("", "the name is empty"), (".wav", "does not begin with \".\""),
      ("{tempo}", "{tempo} is unknown; the fields are {prompt}"),
      ("a{bpm", "a { without its }"), ("a}b", "a } without its {"), ("a/b", "no file's name can"),
      ("../{take}", "does not begin with \".\""), ("-{take}", "does not begin with \"-\""),
      ("a\u{7}", "no file's name can"),
      (String(repeating: "x", count: 81), "longer than 80 bytes"),
    ])
  func problems(text: String, words: String) {
    let error = #expect(throws: NameProblem.self) { try NameTemplate(text) }
    #expect(error?.description.contains(words) == true && error?.description.contains("\n") == false)
  }
}
