package import Corpus
import Foundation
import Music
import Parallelism
import Tensors
package import Text

/// Finds the words of captions, and what is to be kept of them beside a model.
package struct VocabularyBuilder {
  /// As many captions are embedded at most, and as many of these kept, which lie far apart.
  private static let (embeddedCaptions, keptCaptions) = (4000, 768)
  private static let longestPhrase = 5

  private let captions: [String]

  /// - Parameter captions: as the model learned them; what they say of tempo, key and chords is left out.
  package init(_ captions: some Sequence<String>) {
    var seen: Set<String> = []
    self.captions = captions.map { PromptMusic($0).captionWithNote }.filter { seen.insert($0).inserted }
  }

  /// The vocabulary of the captions.
  /// - Parameters:
  ///   - lexicon: words of which it is known what they are about.
  ///   - progress: is told how many texts of how many are embedded.
  package func vocabulary(
    lexicon: [CorpusWords.Entry] = CorpusWords.all, encoder: SentenceEncoder, threads: Int,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> Vocabulary {
    let terms = terms(lexicon)
    let named = terms.filter { $0.group != .word }
    let sample = Self.spread(captions, count: Self.embeddedCaptions)
    let counter = WorkCounter(total: named.count + sample.count, tell: progress)
    let rows = Parallel.map(named.count + sample.count, threads: threads) { index in
      defer { counter.advance() }
      return encoder.encode(index < named.count ? named[index].text : sample[index - named.count]).sentence.values
    }
    let apart = Self.farApart(Array(rows[named.count...]), count: Self.keptCaptions)
    func matrix(_ rows: [[Float]]) -> Tensor { Tensor([rows.count, encoder.width], rows.flatMap { $0 }) }
    return Vocabulary(
      terms: named + terms.filter { $0.group == .word }, termRows: matrix(Array(rows[..<named.count])),
      captionRows: matrix(apart))
  }

  /// What the captions say, group by group, the most frequent first.
  package func terms(_ lexicon: [CorpusWords.Entry]) -> [Vocabulary.Term] {
    let known = Dictionary(lexicon.map { (Self.key($0.text), $0) }) { first, _ in first }
    var (phrases, words) = ([String: Int](), [String: Int]())
    for caption in captions {
      let tokens = PromptToken.tokens(of: caption).map(\.text)
      var index = 0
      while index < tokens.count {
        let most = min(Self.longestPhrase, tokens.count - index)
        let found = stride(from: most, to: 0, by: -1).first { known[Self.key(tokens[index..<index + $0])] != nil }
        if let found { phrases[Self.key(tokens[index..<index + found]), default: 0] += 1 }
        for token in tokens[index..<index + (found ?? 1)] where Self.isWord(token) {
          words[token.lowercased(), default: 0] += 1
        }
        index += found ?? 1
      }
    }
    let named = lexicon.compactMap { entry in
      phrases[Self.key(entry.text)].map { count in
        Vocabulary.Term(entry.text, Vocabulary.Group(rawValue: entry.group) ?? .word, name: entry.name, count: count)
      }
    }
    let others = words.filter { known[Self.key($0.key)] == nil }.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    return named + others.map { Vocabulary.Term($0.key, .word, count: $0.value) }
  }

  private static func key(_ words: some Sequence<String>) -> String { key(words.joined()) }

  private static func key(_ text: String) -> String { String(text.lowercased().filter { $0.isLetter || $0.isNumber }) }

  /// Whether a token says something that is no number, chord or note.
  private static func isWord(_ token: String) -> Bool {
    guard token.contains(where: \.isLetter), !FunctionWords.contains(token.lowercased()) else { return false }
    // Captions are in lower case now and then, and their chords with them.
    let name = token.prefix(1).uppercased() + token.dropFirst()
    return token.count > 1 && Chord(name: name) == nil && PitchClass(noteName: name) == nil
  }

  /// So many of the elements, in even distances.
  private static func spread(_ texts: [String], count: Int) -> [String] {
    guard texts.count > count else { return texts }
    return (0..<count).map { texts[$0 * texts.count / count] }
  }

  /// Rows each of which lies as far from those before it as any (Gonzalez 1985): whatever all of them are near to is near to
  /// one of these.
  static func farApart(_ rows: [[Float]], count: Int) -> [[Float]] {
    guard rows.count > count, let first = rows.first else { return rows }
    var (kept, nearest) = ([first], [Float](repeating: -.infinity, count: rows.count))
    while kept.count < count, let last = kept.last {
      var farthest = 0
      for (index, row) in rows.enumerated() {
        var product: Float = 0
        for column in row.indices { product += row[column] * last[column] }
        nearest[index] = max(nearest[index], product)
        if nearest[index] < nearest[farthest] { farthest = index }
      }
      kept.append(rows[farthest])
    }
    return kept
  }
}
