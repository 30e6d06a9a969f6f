/// Puts a text's terms into English, clause by clause.
struct Translator {
  private let languages: [PhraseTable.Language]
  private let text: String
  private var clauses: [[TranslatedPart]] = [[]]
  private var approximations: [Translation.Approximation] = []
  private var unknown: [String] = []

  init(_ languages: [PhraseTable.Language], _ text: String) { (self.languages, self.text) = (languages, text) }

  // MARK: Languages with spaces

  /// - Parameter isEnglish: of a word, which is kept as it is then.
  mutating func spaced(_ pieces: [PhraseTable.Piece], isEnglish: (String) -> Bool) -> Translation? {
    var matches = languages[0].matches(pieces)[...]
    var index = 0
    while index < pieces.count {
      if let match = matches.first, match.range.lowerBound == index {
        add(match.entry, pieces[match.range].map(\.text).joined(separator: " "), number: match.number)
        if let rest = match.rest { add(rest, pieces[index].text, number: nil) }
        matches.removeFirst()
        index = match.range.upperBound
        continue
      }
      let piece = pieces[index]
      if !piece.isWord {
        endClause()
      } else if isEnglish(piece.text) || piece.text.contains(where: \.isNumber) || piece.text.count == 1 {
        keep(piece.text)
      } else {
        keep(piece.text)
        unknown.append(piece.text)
      }
      index += 1
    }
    return translation
  }

  // MARK: Languages without

  /// Terms are looked up at every character; what is between them is unknown, but for words in Latin letters.
  mutating func unspaced() -> Translation? {
    let symbols = Self.symbols(text)
    var (index, missing) = (0, "")
    func flush(_ unknown: inout [String]) {
      if !missing.isEmpty { unknown.append(missing) }
      missing = ""
    }
    while index < symbols.count {
      if let (entry, end, number) = longestEntry(symbols, from: index) {
        flush(&unknown)
        add(entry, symbols[index..<end].map(\.text).joined(), number: number)
        index = end
        continue
      }
      let symbol = symbols[index]
      if symbol.isForeign {
        missing += symbol.text
      } else {
        flush(&unknown)
        if symbol.isWord { keep(symbol.text) } else if !symbol.text.allSatisfy(\.isWhitespace) { endClause() }
      }
      index += 1
    }
    flush(&unknown)
    return translation
  }

  /// A character of such a language, or a word in other letters, a number, a sign.
  private struct Symbol {
    var text: String
    var isForeign = false
    var isWord = false
    var isNumber: Bool { isWord && Double(text) != nil }
    /// How a term is written with it.
    var key: String { isNumber ? "#" : text }
  }

  private static func symbols(_ text: String) -> [Symbol] {
    var symbols: [Symbol] = []
    for character in text {
      let isForeign = character.unicodeScalars.contains { $0.isHan || (0x3040...0x30FF).contains($0.value) }
      let isWord = !isForeign && (character.isLetter || character.isNumber || "#/.-".contains(character))
      if isWord, let last = symbols.last, last.isWord, joins(last.text, character) {
        symbols[symbols.count - 1].text.append(character)
      } else {
        let isSign = isWord && !(character.isLetter || character.isNumber)
        symbols.append(Symbol(text: String(character), isForeign: isForeign, isWord: isWord && !isSign))
      }
    }
    return symbols
  }

  /// "120bpm" is two words, "808" and "c#m" are one.
  private static func joins(_ word: String, _ next: Character) -> Bool {
    !(word.allSatisfy { $0.isNumber || $0 == "." } && next.isLetter)
  }

  private func longestEntry(
    _ symbols: [Symbol], from start: Int
  ) -> (entry: PhraseTable.Entry, end: Int, number: String?)? {
    for language in languages {
      var (key, written, best) = ("", "", (entry: PhraseTable.Entry, end: Int)?.none)
      for end in start..<min(symbols.count, start + language.longest) {
        key += symbols[end].key
        written += symbols[end].text
        // "8位" is a term of its own, "8小节" is "#小节".
        let found = language.entries[written] ?? (key != "#" ? language.entries[key] : nil)
        if let found { best = (found, end + 1) }
      }
      if let best {
        return (best.entry, best.end, symbols[start..<best.end].first { $0.isNumber }?.text)
      }
    }
    return nil
  }

  // MARK: Putting together

  private mutating func add(_ entry: PhraseTable.Entry, _ term: String, number: String?) {
    // Of a key "#" is the sharp.
    let english =
      number.map { entry.group == "key" ? entry.english : entry.english.replacing("#", with: $0) } ?? entry.english
    if entry.isNearestOnly { approximations.append(.init(term: term, english: english)) }
    if entry.group == "and" { return endClause(isExcluding ? "or" : english) }
    if english == "-free" {
      // "Without", said behind what it is about.
      guard let last = clauses[clauses.count - 1].popLast() else { return }
      clauses[clauses.count - 1].append(TranslatedPart(english: last.english + "-free", group: "negation"))
    } else if english.isEmpty {
      // "No drums 的 jazz": what is excluded ends there.
      if Self.possessives.contains(term), isExcluding { endClause() }
    } else {
      clauses[clauses.count - 1].append(TranslatedPart(english: english, group: entry.group))
    }
  }

  /// Whether what comes is excluded still: "no drums 和 bass" excludes both, which "and" would leave open.
  private var isExcluding: Bool {
    guard let clause = clauses.last, let first = clause.first else { return false }
    return first.group == "and" && first.english == "or"
      || clause.contains { $0.group == "negation" && !$0.english.hasSuffix("-free") }
  }

  private static let possessives: Set<String> = ["的", "の"]

  private mutating func keep(_ word: String) {
    clauses[clauses.count - 1].append(TranslatedPart(english: word, group: "kept"))
  }

  private mutating func endClause(_ word: String? = nil) {
    if clauses[clauses.count - 1].isEmpty, word == nil { return }
    if let word {
      clauses.append([TranslatedPart(english: word, group: "and")])
    } else {
      clauses.append([])
    }
  }

  private var translation: Translation? {
    var filled = clauses.filter { !$0.isEmpty }[...]
    while let first = filled.first, first.allSatisfy({ $0.group == "and" }) { filled = filled.dropFirst() }
    while let last = filled.last, last.allSatisfy({ $0.group == "and" }) { filled = filled.dropLast() }
    filled = TranslatedPart.joiningAdjectives(filled)[...]
    guard filled.contains(where: { $0.contains { $0.group != "kept" && $0.group != "and" } }) || !unknown.isEmpty
    else { return nil }
    var english = ""
    for clause in filled {
      let parts = english.isEmpty && clause[0].group == "and" ? Array(clause.dropFirst()) : clause
      let words = TranslatedPart.ordered(parts).map(\.english).joined(separator: " ")
      if english.isEmpty {
        english = words
      } else {
        english += clause[0].group == "and" ? " " + words : ", " + words
      }
    }
    return Translation(
      english: english, language: languages[0].name, approximations: approximations, unknown: unknown)
  }
}
