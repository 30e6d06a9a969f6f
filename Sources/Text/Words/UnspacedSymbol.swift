/// A character of a language that writes no spaces, or a word in other letters, a number, a sign.
struct UnspacedSymbol {
  /// As terms are written.
  private(set) var text: String
  /// As it is written in the text, where that is kept.
  private(set) var raw: String
  var isForeign = false
  var isWord = false
  var isKept = false
  /// Whether it has digits and points alone.
  private var isOfDigits = false
  var isNumber: Bool { isWord && !isKept && Double(text) != nil }
  /// How a term is written with it.
  var key: String { isNumber ? "#" : text }

  /// The symbols of a part of a text; one that is kept is one word.
  static func symbols(_ segment: PhraseTable.Segment) -> [Self] {
    guard !segment.isKept else {
      return [Self(text: PhraseTable.plain(segment.text), raw: segment.text, isWord: true, isKept: true)]
    }
    var symbols: [Self] = []
    let characters = Array(segment.text)
    for (index, original) in characters.enumerated() {
      let character = PhraseTable.isDecimalComma(characters, at: index) ? "." : original
      let isForeign = character.unicodeScalars.contains { $0.isHan || (0x3040...0x30FF).contains($0.value) }
      let isWord = !isForeign && (character.isLetter || character.isNumber || "#/.-".contains(character))
      let isDigit = character.isNumber || character == "."
      // "120bpm" is two words, "808" and "c#m" are one.
      if isWord, let last = symbols.indices.last, symbols[last].isWord,
        !(symbols[last].isOfDigits && character.isLetter)
      {
        symbols[last].text.append(character)
        symbols[last].raw.append(character)
        symbols[last].isOfDigits = symbols[last].isOfDigits && isDigit
      } else {
        let isSign = isWord && !(character.isLetter || character.isNumber)
        symbols.append(
          Self(
            text: String(character), raw: String(character), isForeign: isForeign, isWord: isWord && !isSign,
            isOfDigits: isDigit))
      }
    }
    return symbols
  }
}
