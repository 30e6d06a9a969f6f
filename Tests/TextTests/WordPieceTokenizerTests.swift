import Foundation
import Testing
import Text

/// Against Hugging Face's tokenizers with the tokenizer.json of all-MiniLM-L6-v2.
@Suite(.enabled(if: Reference.hasEncoder, "scripts/get-text-encoder has not run"))
struct WordPieceTokenizerTests {
  struct Example: Decodable {
    let text: String
    let ids: [Int]
  }

  let tokenizer: WordPieceTokenizer

  init() throws {
    tokenizer = try WordPieceTokenizer(vocabulary: Reference.vocabulary())
  }

  @Test func idsAreThoseOfTheReference() throws {
    let examples = try Reference.decode([Example].self, from: "token_ids.json")
    #expect(examples.count >= 300)
    for example in examples {
      #expect(tokenizer.encode(example.text) == example.ids, "\(example.text.debugDescription)")
    }
  }

  /// Every code point of the planes in use, 256 to a hash: inside a word and as a word.
  @Test func everyCodePointIsTreatedAsInTheReference() throws {
    let blocks = try Reference.decode([String: String].self, from: "code_point_ids.json")
    #expect(blocks.count > 700)
    for (block, hash) in blocks {
      let first = try #require(UInt32(block, radix: 16))
      var ids: [Int] = []
      for value in first..<first + 256 {
        let character = String(Character(try #require(Unicode.Scalar(value))))
        ids += tokenizer.encode("a\(character)a \(character)")
      }
      #expect(fnv1a(ids) == UInt64(hash, radix: 16), "code points \(block)…")
    }
  }

  @Test func aLongTextIsCutToTheMaximumLength() {
    let ids = tokenizer.encode("one two three four", maximumLength: 4)
    #expect(ids == [101, 2028, 2048, 102])
    #expect(tokenizer.encode("one", maximumLength: 2) == [101, 102])
    #expect(tokenizer.encode(String(repeating: "[SEP]", count: 9), maximumLength: 5) == [101, 102, 102, 102, 102])
  }

  private func fnv1a(_ ids: [Int]) -> UInt64 {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for id in ids {
      for shift in stride(from: 0, to: 32, by: 8) {
        hash = (hash ^ UInt64(id >> shift & 0xFF)) &* 0x100_0000_01B3
      }
    }
    return hash
  }
}
