/// A prompt in the captions' English.
public struct Translation: Sendable, Equatable {
  public let english: String
  /// The language that it was written in, in English.
  public let language: String
  /// Terms for which the nearest thing stands.
  public let approximations: [Approximation]
  /// Words that the table lacks; `english` is without them.
  public let unknown: [String]

  /// A term, and what it is taken for.
  public struct Approximation: Sendable, Equatable {
    public let term: String
    public let english: String

    public init(term: String, english: String) { (self.term, self.english) = (term, english) }
  }
}

extension PhraseTable {
  /// A text in English; nil where it is English already, or in a language of which the table has no word of it.
  public func translate(_ text: String) -> Translation? {
    let plain = Self.plain(text)
    if let unspaced = unspaced(plain) {
      var translator = Translator(unspaced, plain)
      return translator.unspaced()
    }
    let tokens = Self.pieces(plain)
    guard let language = spaced(tokens) else { return nil }
    var translator = Translator([language], plain)
    return translator.spaced(tokens, isEnglish: isEnglish)
  }

  /// The languages to look words up in, for a text in characters of which they write no spaces.
  private func unspaced(_ text: String) -> [Language]? {
    let hasKana = text.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) }
    guard hasKana || text.unicodeScalars.contains(where: \.isHan) else { return nil }
    let order = hasKana ? ["ja", "zh"] : ["zh", "ja"]
    let found = order.compactMap { code in languages.first { $0.code == code } }
    return found.isEmpty ? nil : found
  }

  /// The language whose words most of a text's words are that are no English.
  private func spaced(_ pieces: [Piece]) -> Language? {
    var best: (language: Language, strong: Int, all: Int)?
    for language in languages where language.writesSpaces {
      let found = language.matches(pieces)
      let foreign = found.filter { match in
        match.entry.group != "function" && match.entry.group != "and"
          && pieces[match.range].contains { Double($0.text) == nil && !isEnglish($0.text) }
      }
      let strong = foreign.filter { !$0.entry.isWeak && $0.isExact }.count
      let isAlone = foreign.count == 1 && pieces.filter { $0.isWord && isContent($0.text) }.count == 1
      // One word that English has too is believed beside a "de" or "mit".
      let isAmong =
        foreign.count == 1
        && found.contains { match in
          match.entry.group == "function" && pieces[match.range].contains { !isEnglish($0.text) }
        }
      guard strong > 0 || foreign.count > 1 || isAlone || isAmong else { continue }
      let (score, all) = (strong > 0 ? foreign.count : 1, found.reduce(0) { $0 + $1.range.count })
      if best.map({ ($0.strong, $0.all) < (score, all) }) ?? true { best = (language, score, all) }
    }
    return best?.language
  }

  private func isContent(_ word: String) -> Bool { Double(word) == nil && !FunctionWords.contains(word) }

  private func isEnglish(_ word: String) -> Bool {
    if FunctionWords.contains(word) || english.contains(word) { return true }
    if word.hasSuffix("s"), english.contains(String(word.dropLast())) { return true }
    return word.contains("-") && word.split(separator: "-").allSatisfy { isEnglish(String($0)) }
  }

  /// A word, a number, or a sign between words.
  struct Piece: Equatable {
    let text: String
    let isWord: Bool
  }

  static func pieces(_ text: String) -> [Piece] {
    var (pieces, word) = ([Piece](), "")
    func end() {
      if !word.isEmpty { pieces.append(Piece(text: word, isWord: true)) }
      word = ""
    }
    for character in text {
      if character.isLetter || character.isNumber || "-#/.".contains(character) && !word.isEmpty {
        word.append(character)
        continue
      }
      end()
      if !character.isWhitespace { pieces.append(Piece(text: String(character), isWord: false)) }
    }
    end()
    // A full stop ends a sentence more often than it stands within a word.
    return pieces.flatMap { piece -> [Piece] in
      guard piece.isWord, let last = piece.text.last, "-/.".contains(last) else { return [piece] }
      return [Piece(text: String(piece.text.dropLast()), isWord: true), Piece(text: String(last), isWord: false)]
    }
  }
}

extension PhraseTable.Language {
  struct Match {
    let range: Range<Int>
    let entry: PhraseTable.Entry
    /// The number that `#` stood for.
    let number: String?
    /// Whether it is written as in the table, with the same ending.
    var isExact = false
    /// What stands behind it in a compound: "gitarrenriff".
    var rest: PhraseTable.Entry?
  }

  /// The terms in a row of words, the longest first.
  func matches(_ pieces: [PhraseTable.Piece]) -> [Match] {
    var (matches, start) = ([Match](), 0)
    while start < pieces.count {
      let most = pieces[start...].prefix(longest).prefix { $0.isWord }.count
      let found = stride(from: most, to: 0, by: -1).lazy.compactMap { match(pieces, start..<start + $0) }.first
      if let found { matches.append(found) }
      start = found?.range.upperBound ?? start + 1
    }
    return matches
  }

  private func match(_ pieces: [PhraseTable.Piece], _ range: Range<Int>) -> Match? {
    var number: String?
    let words = pieces[range].map { piece -> String in
      guard Double(piece.text) != nil else { return piece.text }
      number = piece.text
      return "#"
    }
    let isNumberAlone = words == ["#"]
    if !isNumberAlone, let entry = entries[words.joined(separator: " ")] {
      return Match(range: range, entry: entry, number: number, isExact: true)
    }
    let stem = words.map { PhraseTable.stem($0, code) }.joined(separator: " ")
    if !isNumberAlone, let entry = stems[stem] { return Match(range: range, entry: entry, number: number) }
    return words.count == 1 ? compound(words[0], range) : nil
  }

  /// Two terms that German writes as one word: "klaviermelodie", "gitarrenriff", "basslinie".
  private func compound(_ word: String, _ range: Range<Int>) -> Match? {
    guard code == "de", word.count >= 8 else { return nil }
    for length in stride(from: word.count - 3, through: 3, by: -1) {
      let (head, tail) = (String(word.prefix(length)), String(word.dropFirst(length)))
      guard let last = entries[tail] ?? stems[PhraseTable.stem(tail, code)], last.group != "function",
        let first = entries[head] ?? stems[PhraseTable.stem(head, code)], first.group != "function"
      else { continue }
      return Match(range: range, entry: first, number: nil, rest: last)
    }
    return nil
  }
}

extension Unicode.Scalar {
  var isHan: Bool { CharacterClass.isIdeograph(self) }
}
