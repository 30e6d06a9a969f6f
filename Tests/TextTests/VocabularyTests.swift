import Foundation
import Tensors
import Testing
import Text

@Suite("The words of a model's captions")
struct VocabularyTests {
  private let vocabulary = Vocabulary(
    terms: [
      .init("violin", .instrument, count: 9), .init("solo violin", .instrument, name: "violin"),
      .init("hi-hat", .drum), .init("sad", .mood), .init("strummed", .word),
    ],
    termRows: Tensor([4, 2], [1, 0, 0.8, 0.6, 0, 1, -1, 0]), captionRows: Tensor([1, 2], [0.6, 0.8]))

  private func folder() throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "hiss-words-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder
  }

  @Test("Words are found however they are joined, and with another ending")
  func terms() {
    #expect(vocabulary.term(["Solo", "violin"])?.name == "violin")
    #expect(vocabulary.term(["hihat"])?.text == "hi-hat" && vocabulary.term(["hi", "hat"])?.text == "hi-hat")
    #expect(vocabulary.term(["violins"])?.text == "violin")
    #expect(vocabulary.term(["strumming"])?.text == "strummed")
    #expect(vocabulary.term(["viola"]) == nil && vocabulary.term(["sa"]) == nil)
  }

  @Test("The nearest term and caption are those of the greatest cosine")
  func nearest() throws {
    let found = try #require(vocabulary.nearest(to: Tensor([2], [0.6, 0.8])))
    #expect(found.term.text == "solo violin" && abs(found.similarity - 0.96) < 1e-6)
    #expect(abs(try #require(vocabulary.captionSimilarity(of: Tensor([2], [0.6, 0.8]))) - 1) < 1e-6)
    #expect(vocabulary.nearest(to: Tensor([3], [1, 0, 0])) == nil)
  }

  @Test("Several are joined: each term once, as often as all of them use it")
  func joining() throws {
    let other = Vocabulary(
      terms: [.init("kick", .drum, count: 3), .init("violin", .instrument, count: 5), .init("dirty", .word)],
      termRows: Tensor([2, 2], [0, -1, 1, 0]), captionRows: Tensor([2, 2], [1, 0, 0, -1]))
    let joined = try #require(Vocabulary(joining: [vocabulary, other]))
    #expect(joined.terms.map(\.text) == ["violin", "solo violin", "hi-hat", "sad", "kick", "strummed", "dirty"])
    #expect(joined.terms[0].count == 14 && joined.term(["kick"])?.count == 3)
    #expect(joined.nearest(to: Tensor([2], [0, -1]))?.term.text == "kick")
    #expect(joined.captionSimilarity(of: Tensor([2], [0, -1])) == 1)
    let wider = Vocabulary(terms: [], termRows: Tensor([0, 3]), captionRows: Tensor([0, 3]))
    #expect(Vocabulary(joining: [vocabulary, wider]) == nil && Vocabulary(joining: []) == nil)
  }

  @Test("What is written is read again")
  func file() throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(!Vocabulary.isThere(in: folder))
    try vocabulary.write(to: folder)
    #expect(Vocabulary.isThere(in: folder))
    let read = try Vocabulary(reading: folder)
    #expect(read.terms == vocabulary.terms)
    #expect(read.nearest(to: Tensor([2], [0.6, 0.8]))?.term.text == "solo violin")
  }

  @Test(
    "Damaged files are named",
    arguments: [
      ("words.tsv", "instrument\tviolin\n"), ("words.tsv", "nothing\ta\tb\t1\n"), ("words.tsv", "mood\ta\tb\t-1\n"),
      ("words.tsv", "mood\tsad\tsad\t1\n"), ("words.safetensors", "no tensors"),
    ])
  func damaged(name: String, content: String) throws {
    let folder = try folder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try vocabulary.write(to: folder)
    try Data(content.utf8).write(to: folder.appending(path: name))
    #expect(throws: TextError.self) { try Vocabulary(reading: folder) }
  }

  @Test("They are listed by group, under their usual names")
  func list() {
    let groups = KnownWords(vocabulary).groups
    #expect(groups.map(\.name) == ["instruments", "drums", "moods", "other words"])
    #expect(groups[0].entries == [.init(name: "violin", others: ["solo violin"])])
    #expect(KnownWords(vocabulary, prefix: "Vio").groups.map(\.name) == ["instruments"])
    #expect(KnownWords(vocabulary, prefix: "xyz").groups.isEmpty)
  }
}
