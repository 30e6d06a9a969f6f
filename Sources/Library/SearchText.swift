import Foundation

/// Words as the index of texts has them. Scripts that write no spaces are indexed sign by sign, so that any part of them is
/// found; what people type is never an operator.
enum SearchText {
  /// A text for the index.
  static func indexed(_ text: String) -> String { words(text).joined(separator: " ") }

  /// An expression for FTS5 that finds texts with all words of a text, each as a word or as its beginning; nil where there are
  /// none.
  static func expression(_ text: String) -> String? {
    let words = parts(text).prefix(mostWords)
    guard !words.isEmpty else { return nil }
    return words.map { part in
      // Letters and digits only, so nothing in it ends the quotes.
      part.isUnspaced ? "\"\(part.signs.joined(separator: " "))\"" : "\"\(part.signs.joined())\"*"
    }.joined(separator: " AND ")
  }

  private static let mostWords = 32
  private static let longest = 2000

  private static func words(_ text: String) -> [String] {
    parts(text, limit: .max).flatMap { $0.isUnspaced ? $0.signs : [$0.signs.joined()] }
  }

  private struct Part {
    var isUnspaced: Bool
    var signs: [String]
  }

  /// Runs of letters and digits: words, or rows of signs of a script without spaces. "#" stays with the note it raises, as
  /// "sharp".
  private static func parts(_ text: String, limit: Int = longest) -> [Part] {
    var parts: [Part] = []
    var isOpen = false
    for character in text.prefix(limit).precomposedStringWithCompatibilityMapping {
      guard character.isLetter || character.isNumber else {
        if character == "#" || character == "♯", isOpen, let last = parts.indices.last, !parts[last].isUnspaced {
          parts[last].signs.append("sharp")
        }
        isOpen = false
        continue
      }
      let isUnspaced = character.unicodeScalars.first.map(isOfUnspacedScript) ?? false
      if isOpen, let last = parts.indices.last, parts[last].isUnspaced == isUnspaced {
        parts[last].signs.append(String(character))
      } else {
        parts.append(Part(isUnspaced: isUnspaced, signs: [String(character)]))
      }
      isOpen = true
    }
    return parts
  }

  /// Han, kana, Thai, Lao, Khmer, Burmese.
  private static func isOfUnspacedScript(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x2E80...0x2FDF, 0x3005...0x3007, 0x3040...0x30FF, 0x31F0...0x31FF, 0x3400...0x4DBF, 0x4E00...0x9FFF,
      0xF900...0xFAFF, 0x20000...0x3FFFF, 0x0E00...0x0EFF, 0x1780...0x17FF, 0x1000...0x109F:
      true
    default: false
    }
  }
}
