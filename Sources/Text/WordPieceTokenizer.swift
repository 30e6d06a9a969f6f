public import Foundation

/// Cuts text into the ids of BERT's uncased word pieces.
///
/// The same ids as Hugging Face's fast tokenizer of all-MiniLM-L6-v2, for any text: basic tokenisation, then for each
/// word the longest piece that fits, again and again (Wu et al. 2016, "Google's Neural Machine Translation System",
/// section 4.1, as BERT does it).
public struct WordPieceTokenizer: Sendable {
  private static let longestWord = 100
  private let vocabulary: WordPieceVocabulary
  private let unknownID: Int
  private let classID: Int
  private let separatorID: Int
  /// Tokens that keep their meaning when they are written in a text.
  private let specialTokens: [(bytes: [UInt8], id: Int)]

  /// Reads a vocabulary.
  /// - Parameter vocabulary: `vocab.txt`, one piece a line, its id the line's number counted from 0.
  /// - Throws: `TextError` when the file cannot be read or lacks `[UNK]`, `[CLS]` or `[SEP]`.
  public init(vocabulary url: URL) throws(TextError) {
    let vocabulary = try WordPieceVocabulary(contentsOf: url)
    unknownID = try vocabulary.requiredID(of: "[UNK]")
    classID = try vocabulary.requiredID(of: "[CLS]")
    separatorID = try vocabulary.requiredID(of: "[SEP]")
    specialTokens = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"].compactMap { token in
      vocabulary.id(of: token).map { (Array(token.utf8), $0) }
    }
    self.vocabulary = vocabulary
  }

  /// One more than the greatest id.
  var idCount: Int { vocabulary.idCount }

  /// The ids of `text`: `[CLS]`, its pieces, `[SEP]`.
  /// - Parameter maximumLength: the most ids to return, at least 2; what a longer text has beyond them is cut off.
  ///   sentence-transformers cuts at 256 for this encoder.
  public func encode(_ text: String, maximumLength: Int = 256) -> [Int] {
    precondition(maximumLength >= 2, "maximumLength \(maximumLength) leaves no room for [CLS] and [SEP]")
    let limit = maximumLength - 1
    var ids = [classID]
    for part in parts(of: text) where ids.count < limit {
      switch part {
      case .special(let id): ids.append(id)
      case .text(let text):
        BasicTokenizer.forEachWord(in: text) { word in
          appendPieces(of: word, to: &ids)
          return ids.count < limit
        }
      }
    }
    if ids.count > limit { ids.removeLast(ids.count - limit) }
    ids.append(separatorID)
    return ids
  }

  /// Appends the pieces of one word, or `[UNK]` alone when the vocabulary does not cover it.
  private func appendPieces(of word: [UInt8], to ids: inout [Int]) {
    let firstPiece = ids.count
    guard Self.scalarCount(word) <= Self.longestWord else { return ids.append(unknownID) }
    var rest = word[...]
    while !rest.isEmpty {
      guard let (id, length) = vocabulary.longestPiece(of: rest, isContinuation: ids.count > firstPiece) else {
        ids.removeLast(ids.count - firstPiece)
        return ids.append(unknownID)
      }
      ids.append(id)
      rest = rest.dropFirst(length)
    }
  }

  private static func scalarCount(_ bytes: [UInt8]) -> Int {
    bytes.reduce(0) { $0 + (UTF8.isContinuation($1) ? 0 : 1) }
  }
}

extension WordPieceTokenizer {
  private enum Part {
    case text(String)
    case special(Int)
  }

  /// Splits `text` at the special tokens written in it.
  private func parts(of text: String) -> [Part] {
    let bytes = Array(text.utf8)
    let bracket = UInt8(ascii: "[")
    guard bytes.contains(bracket) else { return [.text(text)] }
    var parts: [Part] = []
    var start = 0
    var position = 0
    while position < bytes.count {
      let here = bytes[position...]
      if here.first == bracket, let token = specialTokens.first(where: { here.starts(with: $0.bytes) }) {
        parts.append(.text(String(decoding: bytes[start..<position], as: UTF8.self)))
        parts.append(.special(token.id))
        position += token.bytes.count
        start = position
      } else {
        position += 1
      }
    }
    parts.append(.text(String(decoding: bytes[start...], as: UTF8.self)))
    return parts
  }
}
