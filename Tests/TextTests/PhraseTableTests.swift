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
      ("violon", "violin"), ("piano, triste", "piano, sad"), ("Cello, leise", "cello, quiet"),
      ("laute Trommel", "loud drum"), ("Laute Gitarre", "loud guitar"), ("Laute, leise", "nylon guitar, quiet"),
      ("Klavier, 120,5 bpm", "piano, 120.5 bpm"), ("钢琴，每分钟120,5拍", "piano, 120.5 bpm"),
      ("钢琴，不要混响", "piano, no reverb"), ("piano sans réverbération", "piano without reverb"),
      ("Klavier, nicht zu laut", "piano, not loud"), ("不悲伤的钢琴", "not sad, piano"),
      ("悲しくないピアノ", "not sad, piano"), ("静かではないピアノ", "not quiet, piano"), ("速すぎないピアノ", "not fast, piano"),
      ("明るくないピアノ", "not bright, piano"), ("ベースなしのピアノ", "no bass guitar, piano"),
      ("ドラムとベースなしのジャズ", "no drums, no bass guitar, jazz"),
      ("ドラムもベースもなしのピアノ", "no drums, no bass guitar, piano"), ("ピアノじゃない、ギター", "no piano, guitar"),
      ("ピアノ、ドラムではない", "piano, no drums"), ("ピアノ、ドラム：なし", "piano, no drums"),
      ("うるさいドラムなしの静かなピアノ", "no loud drums, quiet piano"), ("ドラム抜きのロック", "no drums, rock"),
      ("ピアノだけでなくドラムも", "piano and drums"), ("なんとなく悲しいピアノ", "sad piano"),
      ("ドラムを使わないで、ピアノ", "no drums, piano"), ("さりげないピアノ", "piano"),
      ("F♯短調のピアノ", "piano F# minor"), ("Bフラット長調のピアノ", "piano Bb major"), ("钢琴，#F小调", "piano, F# minor"),
      ("piano, batería: no", "piano, no drums"), ("Klavier, Schlagzeug: nein", "piano, no drums"),
      ("piano, batterie : non", "piano, no drums"), ("钢琴，鼓：无", "piano, no drums"), ("钢琴，鼓： 关掉", "piano, no drums"),
      ("钢琴，关掉鼓", "piano, no drums"), ("ピアノ、ドラムオフ", "piano, no drums"), ("piano : pas de batterie", "piano, no drums"),
      ("piano en mi bémol", "piano Eb major"), ("violino in do diesis, lento", "violin C# major, slow"),
      ("violín en si bemol", "violin Bb major"), ("钢琴，降E调", "piano, Eb major"), ("C调的钢琴", "piano C major"),
      ("弦乐合奏，宏大激昂，c小调", "strings, dramatic, C minor"), ("定音鼓滚奏", "timpani roll"),
      ("踩镲闭合，十六分音符", "closed hi-hat, sixteenth-note"), ("Sechzehntel Hi-Hat", "sixteenth-note hi-hat"),
      ("roulement de timbales", "timpani roll"), ("拨弦合成器", "crystal synth"), ("军鼓滚奏", "drum roll"),
      ("chitarra in Lam", "guitar A minor"), ("ドラムレスのピアノ", "drumless, piano"),
      ("sin batería ni bajo", "without drums or bass guitar"),
      ("ni batería ni bajo, piano", "no drums or bass guitar, piano"),
      ("piano, ni batterie ni basse", "piano, no drums or bass guitar"),
      ("pianoforte senza batteria né basso", "piano without drums or bass guitar"),
      ("Klavier, weder Schlagzeug noch Bass", "piano, no drums or bass"),
      ("Klavier ohne Schlagzeug oder Bass", "piano without drums or bass"),
      ("Klavier in F#-Moll", "piano F# minor"), ("Klavier fis moll", "piano F# minor"),
      ("Klavier fismoll", "piano F# minor"),
      ("Klavier F♯-Moll", "piano F# minor"), ("Klavier, Bb-Dur", "piano, Bb major"),
      ("piano doux en fa diese mineur", "soft piano F# minor"),
      ("piano doux en si-bémol majeur", "soft piano Bb major"),
      ("piano triste en sib majeur", "sad piano Bb major"), ("pianoforte in fa# minore", "piano F# minor"),
      ("渐强的弦乐", "crescendo strings"), ("五声音阶，古典吉他", "pentatonic scale, nylon guitar"),
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
    // 音 and 声音 are terms, and parts of a longer word.
    #expect(try Languages.table().translate("龘音龘声音龘的钢琴")?.unknown == ["龘音龘声音龘"])
  }

  @Test("What an unknown word denies is unknown too, and nothing else is excluded")
  func unknownDenial() throws {
    let translation = try #require(try Languages.table().translate("ピアノ、龘なし"))
    #expect(translation.english == "piano" && translation.unknown == ["龘なし"])
    #expect(try Languages.table().translate("なし")?.unknown == ["なし"])
  }

  @Test("A word of any length is read at once", arguments: ["a", "x", "ab-", "1", "1,", "ん", "龘", "な", "a\u{301}"])
  func longWords(part: String) throws {
    let word = String(repeating: part, count: 12_000 / part.utf8.count)
    let start = ContinuousClock.now
    for text in [word, "钢琴" + word, "Klavier " + word, word + " triste"] { _ = try Languages.table().translate(text) }
    #expect(ContinuousClock.now - start < .seconds(20))
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
    where !["key", "tempo", "function", "negation", "other"].contains(meaning.group) {
      let words = meaning.english.split(separator: " ").map(String.init)
      let isKnown =
        vocabulary.term(words) != nil || !glossary.entries(in: meaning.english).isEmpty
        || words.allSatisfy {
          FunctionWords.contains($0.lowercased()) || Double($0) != nil || vocabulary.term([$0]) != nil
        }
      #expect(isKnown, "\(meaning.code) \(meaning.term): \(meaning.english)")
    }
  }

  @Test("Keys are put into English by themselves")
  func keys() throws {
    let table = try Languages.table()
    for (name, english) in [
      ("H-Moll", "B minor"), ("la mineur", "A minor"), ("a小调", "A minor"), ("Re Menor", "D minor"), ("イ短調", "A minor"),
      ("F#-Moll", "F# minor"), ("Fis-Moll", "F# minor"), ("fis moll", "F# minor"), ("cis-moll", "C# minor"),
      ("Es-Dur", "Eb major"), ("As-Dur", "Ab major"), ("B-Dur", "Bb major"), ("Eb-Dur", "Eb major"),
      ("fa dièse mineur", "F# minor"), ("si bémol majeur", "Bb major"), ("si bemol mayor", "Bb major"),
      ("B dur", "Bb major"), ("fa diesis maggiore", "F# major"),
    ] {
      #expect(table.key(name) == english)
    }
    #expect(table.key("Klavier") == nil && table.key("sad") == nil)
  }

  @Test("A language is added by lines alone; a bad line is named")
  func added() throws {
    let table = try PhraseTable(lines: "nl\tNederlands\tDutch\tlanguage\nnl\tgitaar|gitaren\tguitar\tinstrument\n")
    #expect(table.translate("gitaar")?.english == "guitar")
    #expect(table.translate("gitaar")?.language == "Dutch")
    #expect(throws: PhraseTable.MalformedLine.self) { try PhraseTable(lines: "# x\nnl\tgitaar\tguitar\n") }
  }
}
