import Corpus
import Rendering
import Testing
import Text

@Suite("The words of captions")
struct VocabularyBuilderTests {
  @Test("Names are grouped, and what nobody has grouped is there too")
  func terms() {
    let builder = VocabularyBuilder([
      "soft electric piano chords in A minor at 90 bpm", "Electric piano melody, C4", "gritty kazoo riff over Dm G7",
      "kazoo",
    ])
    let terms = builder.terms(CorpusWords.all)
    func term(_ text: String) -> Vocabulary.Term? { terms.first { $0.text == text } }
    #expect(term("electric piano") == .init("electric piano", .instrument, count: 2))
    #expect(term("soft")?.group == .dynamics && term("gritty")?.group == .tone && term("riff")?.group == .form)
    #expect(term("kazoo") == .init("kazoo", .word, count: 2))
    #expect(["minor", "bpm", "90", "C4", "c4", "Dm", "dm", "violin"].allSatisfy { term($0) == nil })
  }

  @Test("What the corpus says of synthesizers, sounds, rooms and metres is known")
  func wordsOfAllParts() {
    let known = Dictionary(CorpusWords.all.map { ($0.text, $0.group) }) { first, _ in first }
    #expect(known["supersaw"] == "instrument" && known["wobble bass"] == "instrument" && known["detuned"] == "tone")
    #expect(known["rain"] == "sound" && known["sword swing"] == "sound")
    #expect(known["in a cathedral"] == "room" && known["with delay"] == "room" && known["in wide stereo"] == "room")
    #expect(known["fingerpicking"] == "form" && known["in 6/8"] == "form" && known["drum build-up"] == "form")
    #expect(known["four-on-the-floor"] == "drum style" && known["slow blues"] == "style")
    #expect(CorpusWords.all.count > 1500)
  }

  @Test("No name of the corpus is in two groups")
  func lexicon() {
    let names = CorpusWords.all.map { $0.text.lowercased() }
    #expect(Set(names).count == names.count && names.count > 600)
    #expect(CorpusWords.all.allSatisfy { Vocabulary.Group(rawValue: $0.group) != nil })
  }
}
