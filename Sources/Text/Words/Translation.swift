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
  /// - Parameter kept: parts of the text, in order, that stay as they are written: chords, say.
  public func translate(_ text: String, keeping kept: [Range<String.Index>] = []) -> Translation? {
    let segments = Self.segments(text, kept)
    if let unspaced = unspaced(segments.map(\.text).joined(separator: " ")) {
      var translator = Translator(unspaced)
      return translator.unspaced(segments.flatMap(UnspacedSymbol.symbols))
    }
    let pieces = segments.flatMap { $0.isKept ? [Piece($0.text, isKept: true)] : Self.pieces($0.text) }
    guard let language = spaced(pieces) else { return nil }
    var translator = Translator([language])
    return translator.spaced(pieces, isEnglish: isEnglish)
  }

  /// The English name of a key of another language, "H-Moll", "la mineur", "a小调"; nil where a text is anything else.
  package func key(_ name: String) -> String? {
    let term = Self.plain(name).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    let entries = languages.lazy.compactMap { $0.entries[term] ?? $0.entries[term.replacing("-", with: " ")] }
    return entries.first { $0.group == "key" }?.english
  }

  /// A part of a text: as it is written where it stays so, else as terms are looked up.
  struct Segment {
    let text: String
    let isKept: Bool
  }

  private static func segments(_ text: String, _ kept: [Range<String.Index>]) -> [Segment] {
    var (segments, start) = ([Segment](), text.startIndex)
    for range in kept + [text.endIndex..<text.endIndex] {
      if start < range.lowerBound {
        segments.append(Segment(text: plain(String(text[start..<range.lowerBound])), isKept: false))
      }
      if !range.isEmpty {
        let plain = String(text[range]).map { "、，；".contains($0) ? ", " : String($0) }.joined()
        segments.append(Segment(text: plain, isKept: true))
      }
      start = range.upperBound
    }
    return segments
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
    var best: (language: Language, score: (Int, Int, Int))?
    for language in languages where language.writesSpaces {
      let found = language.matches(pieces)
      let foreign = found.filter { match in
        match.entry.group != "function" && match.entry.group != "and"
          && pieces[match.range].contains { Double($0.text) == nil && !$0.isKept && !isEnglish($0.text) }
      }
      let strong = foreign.filter { !$0.entry.isWeak && $0.isExact }.count
      let isAlone = foreign.count == 1 && pieces.filter { $0.isWord && !$0.isKept && isContent($0.text) }.count == 1
      // One word that English has too is believed beside a "de" or "mit".
      let isAmong =
        foreign.count == 1
        && found.contains { match in
          match.entry.group == "function" && pieces[match.range].contains { !isEnglish($0.text) }
        }
      guard strong > 0 || foreign.count > 1 || isAlone || isAmong else { continue }
      // Of two languages with as many words, the one that writes more of them so.
      let score = (strong > 0 ? foreign.count : 1, strong, found.reduce(0) { $0 + $1.range.count })
      if best.map({ $0.score < score }) ?? true { best = (language, score) }
    }
    return best?.language
  }

  private func isContent(_ word: String) -> Bool { Double(word) == nil && !FunctionWords.contains(word) }

  private func isEnglish(_ word: String) -> Bool {
    if FunctionWords.contains(word) || english.contains(word) { return true }
    if word.hasSuffix("s"), english.contains(String(word.dropLast())) { return true }
    return word.contains("-") && word.split(separator: "-").allSatisfy { isEnglish(String($0)) }
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
      let first = Double(pieces[start].text) == nil ? PhraseTable.stem(pieces[start].text, code) : "#"
      let most = pieces[start...].prefix(longestFrom[first] ?? 1).prefix { $0.isWord }.count
      // What is kept is no term by itself, but a part of one: of "B Dur".
      let least = pieces[start].isKept ? 1 : 0
      var found = stride(from: most, to: least, by: -1).lazy.compactMap { match(pieces, start..<start + $0) }.first
      if let noun = found, let adjective = adjective(pieces, noun.range) { found = adjective }
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
    // "Sol" is no ending of "solo".
    let mayHaveEnding = words.count > 1 || words[0].utf8.count > 3
    let stem = words.map { PhraseTable.stem($0, code) }.joined(separator: " ")
    if mayHaveEnding, !isNumberAlone, let entry = stems[stem] {
      return Match(range: range, entry: entry, number: number)
    }
    return words.count == 1 ? compound(words[0], range) : nil
  }

  /// "Laute Trommel" is loud, though "Laute" is a lute: before a noun, the adjective that a German word with an ending is.
  private func adjective(_ pieces: [PhraseTable.Piece], _ range: Range<Int>) -> Match? {
    guard code == "de", range.count == 1, range.upperBound < pieces.count, pieces[range.upperBound].isWord else {
      return nil
    }
    let word = pieces[range.lowerBound].text
    let kinds: Set<String> = ["mood", "dynamics", "register", "tone", "speed", "articulation"]
    let entry = ["e", "er", "es", "en", "em"].lazy.filter { word.hasSuffix($0) }
      .compactMap { entries[String(word.dropLast($0.count))] }.first { kinds.contains($0.group) }
    guard let entry, entries[word]?.group == "instrument",
      let next = match(pieces, range.upperBound..<range.upperBound + 1),
      ["instrument", "drum", "form"].contains(next.entry.group)
    else { return nil }
    return Match(range: range, entry: entry, number: nil)
  }

  /// Two terms that German writes as one word: "klaviermelodie", "gitarrenriff", "basslinie".
  private func compound(_ word: String, _ range: Range<Int>) -> Match? {
    // Two of the longest terms with their endings are no longer.
    let longest = longestWord + 3
    guard code == "de", word.utf8.count <= 8 * longest, case let count = word.count, (8...2 * longest).contains(count)
    else { return nil }
    for length in stride(from: count - 3, through: 3, by: -1) {
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
