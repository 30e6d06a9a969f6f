import Foundation
import Testing
import Text

/// The table that comes with Hiss.
enum Languages {
  static func table() throws -> PhraseTable {
    // Tests/TextTests/this file, in the package.
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try PhraseTable(reading: root.appending(path: "Models/languages.tsv"))
  }
}

@Suite("Prompts in other languages")
struct PhraseTableTests {
  @Test("Every language has the terms that it must have")
  func counts() throws {
    let counts = try Languages.table().termCounts
    #expect(counts["zh"] ?? 0 >= 250)
    for code in ["de", "fr", "es", "ja", "it"] { #expect(counts[code] ?? 0 >= 120, "\(code)") }
  }

  @Test(
    "Terms are put into the captions' English, and in its order",
    arguments: [
      ("忧伤的钢琴旋律，a小调，每分钟90拍", "sad piano melody, A minor, 90 bpm"),
      ("降B大调的大提琴", "cello Bb major"),
      ("升f小调的钢琴", "piano F# minor"), ("升C大调", "C# major"),
      ("钢琴，不要鼓和贝斯", "piano, no drums or bass guitar"),
      ("808低音，紧张", "synth bass, tense"),
      ("温暖的合成铺底和轻柔的长笛", "warm pad and soft flute"),
      ("鋼琴獨奏", "solo piano"),
      ("悲しいピアノのメロディ、イ短調", "sad piano melody, A minor"),
      ("traurige Geigenmelodie in a-Moll", "sad violin melody A minor"),
      ("Klaviermelodie, ruhig und langsam", "piano melody, calm slow"),
      ("guitare acoustique douce en la mineur", "soft acoustic guitar A minor"),
      ("mélodie de violon triste", "sad violin melody"),
      ("guitarra española lenta en re menor", "slow nylon guitar D minor"),
      ("chitarra acustica dolce in la minore, 90 bpm", "soft acoustic guitar A minor, 90 bpm"),
      ("Orgel", "organ"), ("Klavier", "piano"), ("piano sans basse ni batterie", "piano without bass guitar or drums"),
      ("8位游戏音乐", "chiptune video game music"),
      ("solo de saxophone jazz, lent", "solo jazz saxophone, slow"),
      ("un piano doux et mélancolique", "soft melancholic piano"),
      ("fetziger Funk-Bass, 8 Takte", "punchy funk-bass, 8 bars"),
    ])
  func translation(text: String, english: String) throws {
    let translation = try #require(try Languages.table().translate(text))
    #expect(translation.english == english)
    #expect(translation.unknown.isEmpty, "\(translation.unknown)")
  }

  @Test(
    "English stays as it is",
    arguments: [
      "warm electric piano chords in A minor, 90 bpm", "hell guitar riff", "grave church organ",
      "solo violin melody, legato",
      "alto sax solo", "die hard drums", "piano forte", "a lead synth with a long tail", "laser zap", "",
    ])
  func untouched(text: String) throws {
    #expect(try Languages.table().translate(text) == nil)
  }

  @Test("What the table lacks is told, and is not in the English")
  func unknown() throws {
    let translation = try #require(try Languages.table().translate("汽车引擎和钢琴"))
    #expect(translation.english == "piano" && translation.unknown == ["汽车引擎"])
    #expect(try Languages.table().translate("搔到")?.unknown == ["搔到"])
  }

  @Test("The nearest thing is told as such")
  func approximations() throws {
    let translation = try #require(try Languages.table().translate("古筝独奏"))
    #expect(translation.approximations == [.init(term: "古筝", english: "koto")])
  }

  @Test("Their English is what the bundled model's captions say, or its glossary explains")
  func english() throws {
    let model = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "Models/first")
    let (vocabulary, glossary) = (
      try Vocabulary(reading: model), try Glossary(reading: model.appending(path: "glossary.tsv"))
    )
    for meaning in try Languages.table().meanings
    where !["key", "tempo", "function", "negation"].contains(meaning.group) {
      let words = meaning.english.split(separator: " ").map(String.init)
      let isKnown =
        vocabulary.term(words) != nil || !glossary.entries(in: meaning.english).isEmpty
        || words.allSatisfy {
          FunctionWords.contains($0.lowercased()) || Double($0) != nil || vocabulary.term([$0]) != nil
        }
      #expect(isKnown, "\(meaning.code) \(meaning.term): \(meaning.english)")
    }
  }

  @Test("A language is added by lines alone; a bad line is named")
  func added() throws {
    let table = try PhraseTable(lines: "nl\tNederlands\tDutch\tlanguage\nnl\tgitaar|gitaren\tguitar\tinstrument\n")
    #expect(table.translate("gitaar")?.english == "guitar")
    #expect(table.translate("gitaar")?.language == "Dutch")
    #expect(throws: PhraseTable.MalformedLine.self) { try PhraseTable(lines: "# x\nnl\tgitaar\tguitar\n") }
  }
}

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
      ("Without vocals: choir pad", "choir pad", ["vocals"]),
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
      "no", "piano, not too loud",
    ])
  func left(prompt: String) { #expect(Exclusion(prompt) == nil) }
}
