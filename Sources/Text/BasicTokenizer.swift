import Foundation

/// BERT's uncased basic tokenisation: cleans, separates ideographs, strips accents, lower-cases, splits off punctuation.
///
/// Matches `BertNormalizer(lowercase=True)` and `BertPreTokenizer` of Hugging Face's tokenizers, code point by code
/// point; see `CharacterClass` for the Unicode version that implies.
enum BasicTokenizer {
  /// Calls `body` with each word of `text` in UTF-8, until `body` returns false.
  static func forEachWord(in text: String, _ body: (_ word: [UInt8]) -> Bool) {
    var word: [UInt8] = []
    func endWord() -> Bool {
      defer { word.removeAll(keepingCapacity: true) }
      return word.isEmpty || body(word)
    }
    for scalar in normalized(text) {
      if scalar == " " {
        guard endWord() else { return }
      } else if CharacterClass.isPunctuation(scalar) {
        guard endWord(), body(Array(scalar.utf8)) else { return }
      } else {
        word.append(contentsOf: scalar.utf8)
      }
    }
    _ = endWord()
  }

  /// `text` as the words are cut from: only spaces for white space, no controls, no accents, no capitals.
  private static func normalized(_ text: String) -> String.UnicodeScalarView {
    let cleaned = cleaned(text)
    var result = String.UnicodeScalarView()
    for scalar in cleaned {
      if scalar.isASCII {
        result.append(CharacterClass.lowercasedASCII(scalar))
      } else if !CharacterClass.isNonspacingMark(scalar) {
        // One scalar at a time, without context: a final Σ becomes σ, as it does in the reference.
        result.append(contentsOf: scalar.properties.lowercaseMapping.unicodeScalars)
      }
    }
    return result
  }

  /// `text` without control characters, with spaces around ideographs, canonically decomposed (NFD).
  private static func cleaned(_ text: String) -> String.UnicodeScalarView {
    var cleaned = String.UnicodeScalarView()
    var isASCII = true
    for scalar in text.unicodeScalars where !CharacterClass.isRemoved(scalar) {
      if CharacterClass.isWhitespace(scalar) {
        cleaned.append(" ")
      } else if CharacterClass.isIdeograph(scalar) {
        cleaned.append(contentsOf: [" ", scalar, " "])
        isASCII = false
      } else {
        cleaned.append(scalar)
        isASCII = isASCII && scalar.isASCII
      }
    }
    return isASCII ? cleaned : String(cleaned).decomposedStringWithCanonicalMapping.unicodeScalars
  }
}
