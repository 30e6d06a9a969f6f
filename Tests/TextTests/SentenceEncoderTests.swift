import Foundation
import Parallelism
import Tensors
import Testing
import Text

/// Against transformers' BertModel, pooled as sentence-transformers does, with the weights of all-MiniLM-L6-v2.
@Suite(.enabled(if: Reference.hasEncoder, "scripts/get-text-encoder has not run"))
struct SentenceEncoderTests {
  struct Description: Decodable {
    struct States: Decodable {
      let caption: Int
      let tokenCount: Int
    }
    let width: Int
    let captions: [String]
    let tokenStates: [States]
  }

  /// Loaded once for all tests.
  static let encoder = Result { try SentenceEncoder(directory: SentenceEncoder.locate(explicit: nil)) }

  let encoder: SentenceEncoder
  let reference: Description
  let floats: [Float]

  init() throws {
    encoder = try Self.encoder.get()
    reference = try Reference.decode(Description.self, from: "embeddings.json")
    floats = try Reference.floats("embeddings.f32")
  }

  @Test func sentencesAreThoseOfSentenceTransformers() {
    #expect(reference.captions.count >= 20)
    #expect(encoder.width == reference.width)
    for (index, caption) in reference.captions.enumerated() {
      let expected = Array(floats[index * reference.width..<(index + 1) * reference.width])
      let sentence = encoder.encode(caption).sentence
      #expect(sentence.shape == [reference.width])
      #expect(cosine(sentence.values, expected) > 0.999999, "\(caption)")
      #expect(greatestDifference(sentence.values, expected) < 1e-5, "\(caption)")
    }
  }

  @Test func tokenStatesAreThoseOfTransformers() {
    var start = reference.captions.count * reference.width
    for states in reference.tokenStates {
      let expected = Array(floats[start..<start + states.tokenCount * reference.width])
      start += expected.count
      let tokens = encoder.encode(reference.captions[states.caption]).tokens
      #expect(tokens.shape == [states.tokenCount, reference.width])
      #expect(cosine(tokens.values, expected) > 0.999999)
      #expect(greatestDifference(tokens.values, expected) < 1e-4)
    }
    #expect(start == floats.count)
  }

  @Test func theSameTextGivesTheSameBitsOnAnyThread() {
    let captions = reference.captions
    let alone = captions.map { encoder.encode($0) }
    let together = Parallel.map(2 * captions.count, threads: 4) { encoder.encode(captions[$0 % captions.count]) }
    for (index, embedding) in together.enumerated() {
      #expect(embedding.tokens.values == alone[index % captions.count].tokens.values)
      #expect(embedding.sentence.values == alone[index % captions.count].sentence.values)
    }
  }

  @Test func longTextsAreCutToTheMaximumTokenCount() {
    let words = Array(repeating: "drum", count: 400).joined(separator: " ")
    let embedding = encoder.encode(words)
    #expect(embedding.tokens.shape == [256, encoder.width])
    #expect(embedding.sentence.values == encoder.encode(words + " and a flute").sentence.values)
  }

  @Test func likeMeaningsLieCloserThanUnlikeOnes() {
    let drums = encoder.encode("a drum loop").sentence.values
    let percussion = encoder.encode("percussion groove").sentence.values
    let flute = encoder.encode("a lonely flute melody").sentence.values
    #expect(cosine(drums, percussion) > cosine(drums, flute))
  }

  private func cosine(_ a: [Float], _ b: [Float]) -> Double {
    func dot(_ a: [Float], _ b: [Float]) -> Double { zip(a, b).reduce(0) { $0 + Double($1.0) * Double($1.1) } }
    return dot(a, b) / (dot(a, a) * dot(b, b)).squareRoot()
  }

  private func greatestDifference(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }
}
