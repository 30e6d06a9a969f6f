extension PhraseTable {
  /// A word, a number, or a sign between words.
  struct Piece: Equatable {
    /// As terms are written.
    let text: String
    /// As it is written in the text, where that is kept.
    let raw: String
    let isWord: Bool
    let isKept: Bool

    init(_ raw: String, isWord: Bool = true, isKept: Bool = false) {
      (text, self.raw) = (isKept ? PhraseTable.plain(raw) : raw, raw)
      (self.isWord, self.isKept) = (isWord, isKept)
    }
  }

  static func pieces(_ text: String) -> [Piece] {
    var (pieces, word) = ([Piece](), "")
    func end() {
      if !word.isEmpty { pieces.append(Piece(word)) }
      word = ""
    }
    let characters = Array(text)
    for (index, character) in characters.enumerated() {
      if character.isLetter || character.isNumber || "-#/.".contains(character) && !word.isEmpty {
        word.append(character)
      } else if isDecimalComma(characters, at: index) {
        word.append(".")
      } else {
        end()
        if !character.isWhitespace { pieces.append(Piece(String(character), isWord: false)) }
      }
    }
    end()
    // A full stop ends a sentence more often than it stands within a word.
    return pieces.flatMap { piece -> [Piece] in
      guard piece.isWord, let last = piece.text.last, "-/.".contains(last) else { return [piece] }
      return [Piece(String(piece.text.dropLast())), Piece(String(last), isWord: false)]
    }
  }

  /// Whether a character is the comma of "120,5".
  static func isDecimalComma(_ characters: [Character], at index: Int) -> Bool {
    func isDigit(_ place: Int) -> Bool {
      characters.indices.contains(place) && characters[place].isASCII && characters[place].isNumber
    }
    guard characters[index] == ",", isDigit(index - 1), isDigit(index + 1) else { return false }
    // "1,2,3" is a list.
    let before = characters[..<index].reversed().prefix { $0.isASCII && $0.isNumber }.count
    let after = characters[(index + 1)...].prefix { $0.isASCII && $0.isNumber }.count
    func isComma(_ place: Int) -> Bool { characters.indices.contains(place) && characters[place] == "," }
    return !isComma(index - before - 1) && !isComma(index + after + 1)
  }
}
