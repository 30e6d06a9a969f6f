import Foundation
import Testing
import Text

@Suite("What a prompt excludes")
struct ExclusionTests {
  @Test(
    "It becomes the negative prompt, and leaves the prompt",
    arguments: [
      ("no drums, just bass", "bass", ["drums"]),
      ("jazz trio without drums", "jazz trio", ["drums"]),
      ("jazz trio without a drummer, slow", "jazz trio, slow", ["drummer"]),
      ("solo piano, no reverb, no vocals", "solo piano", ["reverb", "vocals"]),
      ("rock band with no drums or vocals", "rock band", ["drums", "vocals"]),
      ("funk groove without drums and percussion", "funk groove", ["drums", "percussion"]),
      ("no drums and a soft piano", "a soft piano", ["drums"]),
      ("drumless funk with slap bass", "funk with slap bass", ["drums"]),
      ("a reverb-free piano", "a piano", ["reverb"]),
      ("I don't want any drums, only strings", "strings", ["drums"]),
      ("no drums piano", "piano", ["drums"]), ("piano, no drum machine", "piano", ["drum machine"]),
      ("no drums", "", ["drums"]),
      ("I do not want drums, piano", "piano", ["drums"]), ("piano, avoid drums", "piano", ["drums"]),
      ("piano, neither drums nor vocals", "piano", ["drums", "vocals"]),
      ("I don’t want drums, only bass", "bass", ["drums"]),
      ("piano - no drums - slow", "piano - slow", ["drums"]), ("piano instead of drums", "piano", ["drums"]),
      ("Without vocals: choir pad", "choir pad", ["vocals"]),
      ("piano with no drums, slow", "piano, slow", ["drums"]), ("piano and no drums, slow", "piano, slow", ["drums"]),
      ("solo flute - absolutely no percussion!!!", "solo flute", ["percussion"]),
      ("everything except drums", "", ["drums"]), ("anything but drums", "", ["drums"]),
      ("remove the vocals, strings", "strings", ["vocals"]), ("leave out drums, jazz trio", "jazz trio", ["drums"]),
      ("piano with neither bass nor drums, 8 bars", "piano, 8 bars", ["bass", "drums"]),
    ])
  func excluded(prompt: String, text: String, excluded: [String]) throws {
    let found = try #require(Exclusion(prompt))
    #expect(found.excluded == excluded)
    #expect(found.text == text)
  }

  @Test(
    "Other words with no are left",
    arguments: [
      "no more tears, sad piano", "piano in no hurry", "no wave guitar", "nocturne for piano", "less is more, piano",
      "yes",
      "no", "not", "piano, if not",
    ])
  func left(prompt: String) { #expect(Exclusion(prompt) == nil) }

  /// With the bundled model's words.
  @Test(
    "What the model knows says where an exclusion ends, and what is denied",
    arguments: [
      ("no piano drums", "drums", ["piano"]),
      ("no electric guitar violin melody", "violin melody", ["electric guitar"]),
      ("no drums piano", "piano", ["drums"]), ("no loud drums, piano", "piano", ["loud drums"]),
      ("without guitar or strings piano", "piano", ["guitar", "strings"]),
      ("not sad, piano", "piano", ["sad"]), ("not sad piano", "piano", ["sad"]),
      ("piano, not too loud", "piano", ["loud"]), ("not drums, bass", "bass", ["drums"]),
      ("a flute, not a violin", "a flute", ["violin"]), ("not sad but happy piano", "happy piano", ["sad"]),
      ("piano, not loud or dark", "piano", ["loud", "dark"]), ("piano that is not sad", "piano", ["sad"]),
      ("piano, no drum machine", "piano", ["drum machine"]),
    ])
  func known(prompt: String, text: String, excluded: [String]) throws {
    let found = try #require(Exclusion(prompt, vocabulary: Self.vocabulary()))
    #expect(found.excluded == excluded && found.text == text, "\(found)")
  }

  @Test(
    "\"No\" may stand behind what it is about",
    arguments: [
      ("piano, drums: no", "piano", ["drums"]), ("piano, drums off", "piano", ["drums"]),
      ("drums: none, bass", "bass", ["drums"]), ("choir pad, vocals=no", "choir pad", ["vocals"]),
      ("Drums:No piano", "Drums:No piano", []), ("drums and bass: none, piano", "piano", ["drums", "bass"]),
      ("piano and drums off", "piano", ["drums"]), ("loud drums - none, piano", "piano", ["loud drums"]),
      ("electric guitar: no, violin melody", "violin melody", ["electric guitar"]),
      ("bass off, piano", "piano", ["bass"]),
      ("piano, never loud", "piano", ["loud"]), ("drums no reverb", "drums", ["reverb"]),
      ("drums off the grid", "drums off the grid", []), ("piano, on and off", "piano, on and off", []),
    ])
  func answered(prompt: String, text: String, excluded: [String]) throws {
    let found = Exclusion(prompt, vocabulary: try Self.vocabulary())
    #expect((found?.excluded ?? []) == excluded && (found?.text ?? prompt) == text, "\(String(describing: found))")
  }

  @Test("A denial of what the model does not know is told, and stays")
  func unclear() throws {
    let found = try #require(try Exclusion("piano, not quantised", vocabulary: Self.vocabulary()))
    #expect(found.excluded.isEmpty && found.unclear == ["not quantised"] && found.text == "piano, not quantised")
    for prompt in ["not only piano", "piano, whether or not", "why not"] {
      #expect(try Exclusion(prompt, vocabulary: Self.vocabulary()) == nil, "\(prompt)")
    }
  }

  private static func vocabulary() throws -> Vocabulary {
    try Vocabulary(
      reading: URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Models/first"))
  }
}
