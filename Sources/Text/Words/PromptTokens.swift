/// A prompt cut into what may have a meaning of its own: words, and signs such as emoji.
package struct PromptToken: Equatable, Sendable {
  package let text: String
  /// Whether a comma, full stop or bracket stands between this and the next.
  package var endsClause = false

  package init(text: String, endsClause: Bool = false) { (self.text, self.endsClause) = (text, endsClause) }

  /// The tokens of a text. Letters, digits, hyphens and apostrophes make words; every sign that is neither ASCII nor
  /// punctuation is one by itself.
  package static func tokens(of text: String) -> [PromptToken] {
    var (tokens, word) = ([PromptToken](), "")
    func isSign(_ character: Character) -> Bool {
      !character.isASCII && !character.isPunctuation && !character.isWhitespace
        && character.unicodeScalars.contains { $0.properties.isEmoji || $0.properties.generalCategory == .otherSymbol }
    }
    func end() {
      let trimmed = word.drop { "-'".contains($0) }
      var kept = String(trimmed)
      while let last = kept.last, "-'".contains(last) { kept.removeLast() }
      if !kept.isEmpty { tokens.append(PromptToken(text: kept)) }
      word = ""
    }
    for character in text {
      let plain = character == "’" ? "'" : character
      if plain.isLetter || plain.isNumber || "-'#♯♭".contains(plain) {
        word.append(plain)
        continue
      }
      end()
      if isSign(character) {
        tokens.append(PromptToken(text: String(character)))
      } else if !character.isWhitespace, !tokens.isEmpty {
        tokens[tokens.count - 1].endsClause = true
      }
    }
    end()
    return tokens
  }

  /// Whether the text encoder was trained on such letters: Latin ones. Of others it tells none from another.
  package var isReadable: Bool {
    text.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
      && text.unicodeScalars.allSatisfy { $0.value < 0x250 || (0x300...0x36F).contains($0.value) }
  }
}
