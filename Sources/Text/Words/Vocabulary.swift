import Foundation
public import Tensors

/// The words that a model's captions use: what it may be asked for by name, and how near anything else comes to that.
public struct Vocabulary: Sendable {
  /// What a word of a caption is about.
  public enum Group: String, Codable, CaseIterable, Sendable {
    case instrument, drum
    case drumStyle = "drum style"
    case style, mood, dynamics, articulation, register, tempo, tone, form
    /// Sounds that nobody plays, and the rooms and effects that anything is heard in.
    case sound, room
    case word
  }

  /// One word, or several that belong together.
  public struct Term: Sendable, Equatable {
    public let text: String
    public let group: Group
    /// What it is another name of; `text` itself where it is the usual one.
    public let name: String
    /// How often the captions use it.
    public let count: Int

    public init(_ text: String, _ group: Group, name: String? = nil, count: Int = 1) {
      (self.text, self.group, self.name, self.count) = (text, group, name ?? text, count)
    }
  }

  /// Those with an embedding first.
  public let terms: [Term]
  /// Of length 1, a row for each of the first terms, `[term, width]`; and for captions that lie far apart.
  let termRows: Tensor
  let captionRows: Tensor
  private let places: [String: Int]
  private let stems: [String: Int]
  /// The most words of a term.
  package let longestTerm: Int

  /// - Parameters:
  ///   - terms: those with a row of `termRows` first, in its order.
  ///   - termRows: sentence embeddings, `[n, width]`.
  ///   - captionRows: sentence embeddings of captions, `[m, width]`.
  public init(terms: [Term], termRows: Tensor, captionRows: Tensor) {
    precondition(
      termRows.shape.count == 2 && captionRows.shape.count == 2 && termRows.shape[0] <= terms.count
        && termRows.shape[1] == captionRows.shape[1],
      "\(terms.count) terms with rows of \(termRows.shape) and captions of \(captionRows.shape)")
    (self.terms, self.termRows, self.captionRows) = (terms, termRows, captionRows)
    places = Dictionary(terms.enumerated().map { (Self.key($1.text), $0) }) { first, _ in first }
    stems = Dictionary(
      terms.enumerated().filter { !$1.text.utf8.contains { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") } }.map {
        (Self.stem($1.text), $0)
      }
    ) { first, _ in first }
    longestTerm = terms.map { 1 + $0.text.utf8.count { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "-") } }.max() ?? 1
  }

  /// The term of some words in a row, however they are joined: "hihat" is "hi-hat"; of one word, another ending will do.
  package func term(_ words: some Collection<String>) -> Term? {
    let joined = words.joined()
    let key = Self.key(joined)
    if let place = places[key] ?? (key.hasSuffix("s") ? places[String(key.dropLast())] : nil) { return terms[place] }
    guard words.count == 1, let place = stems[Self.stem(joined)] else { return nil }
    return terms[place]
  }

  /// The named term whose embedding is nearest to a text's, and the cosine of the angle between them; nil where no term
  /// has one.
  package func nearest(to sentence: Tensor) -> (term: Term, similarity: Double)? {
    Self.greatest(termRows, sentence).map { (terms[$0.row], $0.product) }
  }

  /// The cosine of the angle between a text's embedding and that of the nearest caption; nil without captions.
  package func captionSimilarity(of sentence: Tensor) -> Double? { Self.greatest(captionRows, sentence)?.product }

  /// The row with the greatest inner product with a vector.
  static func greatest(_ rows: Tensor, _ vector: Tensor) -> (row: Int, product: Double)? {
    let width = rows.shape[1]
    guard rows.shape[0] > 0, vector.count == width else { return nil }
    return rows.withUnsafe { rows0 in
      vector.withUnsafe { vector in
        var best = (row: 0, product: -Double.infinity)
        for row in 0..<rows.shape[0] {
          var sum: Float = 0
          for column in 0..<width { sum += rows0[row * width + column] * vector[column] }
          if Double(sum) > best.product { best = (row, Double(sum)) }
        }
        return best
      }
    }
  }

  /// Letters and digits in lower case, without accents.
  static func key(_ text: String) -> String {
    let lower = text.lowercased()
    guard lower.utf8.contains(where: { $0 >= 0x80 }) else {
      // As nearly all are, of which there are thousands.
      return String(
        decoding: lower.utf8.filter { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }, as: UTF8.self)
    }
    return String(
      String.UnicodeScalarView(
        lower.decomposedStringWithCanonicalMapping.unicodeScalars.filter {
          $0.properties.isAlphabetic || $0.properties.numericType != nil
        }))
  }

  private static let endings = ["ing", "ed", "ly", "es", "s", "e"]

  /// A word without the ending that others of its kind have too: "strummed" and "strumming" are "strumm".
  static func stem(_ word: String) -> String {
    let key = key(word)
    for ending in endings where key.hasSuffix(ending) && key.count - ending.count >= 4 && !key.hasSuffix("ss") {
      return String(key.dropLast(ending.count))
    }
    return key
  }
}
