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

  @Test("No name of the corpus is in two groups")
  func lexicon() {
    let names = CorpusWords.all.map { $0.text.lowercased() }
    #expect(Set(names).count == names.count && names.count > 600)
    #expect(CorpusWords.all.allSatisfy { Vocabulary.Group(rawValue: $0.group) != nil })
  }
}
