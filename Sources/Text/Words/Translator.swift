/// Puts a text's terms into English, clause by clause.
struct Translator {
  private let languages: [PhraseTable.Language]
  private var clauses: [[TranslatedPart]] = [[]]
  private var approximations: [Translation.Approximation] = []
  private var unknown: [String] = []

  init(_ languages: [PhraseTable.Language]) { self.languages = languages }

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
      } else if piece.isKept {
        keep(piece.raw, as: "music")
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
  mutating func unspaced(_ symbols: [UnspacedSymbol]) -> Translation? {
    var (index, missing) = (0, "")
    func flush(_ unknown: inout [String]) {
      if !missing.isEmpty { unknown.append(missing) }
      missing = ""
    }
    while index < symbols.count {
      if !missing.isEmpty, let end = endOfUnknown(symbols, from: index) {
        missing += symbols[index..<end].map(\.text).joined()
        index = end
        continue
      }
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
        if symbol.isWord {
          keep(symbol.raw, as: symbol.isKept ? "music" : "kept")
        } else if !symbol.text.allSatisfy(\.isWhitespace) {
          endClause()
        }
      }
      index += 1
    }
    flush(&unknown)
    return translation
  }

  /// Where an unknown word goes on behind characters that are terms too: "五声音阶" is one word, though 声 and 音 are others.
  private func endOfUnknown(_ symbols: [UnspacedSymbol], from start: Int) -> Int? {
    var end = start
    while end < symbols.count, symbols[end].isForeign {
      guard let (entry, after, _) = longestEntry(symbols, from: end) else { return end > start ? end : nil }
      let separates = ["and", "negation"].contains(entry.group) || Self.particles.contains(symbols[end].text)
      guard after == end + 1 || entry.group == "function", !separates else { return nil }
      end = after
    }
    return nil
  }

  private static let particles: Set<String> = ["的", "地", "得", "の", "な", "に", "を", "は", "が", "で", "在", "是", "为"]

  private func longestEntry(
    _ symbols: [UnspacedSymbol], from start: Int
  ) -> (entry: PhraseTable.Entry, end: Int, number: String?)? {
    for language in languages {
      var (key, written, best) = ("", "", (entry: PhraseTable.Entry, end: Int)?.none)
      for end in start..<min(symbols.count, start + language.longest) {
        key += symbols[end].key
        written += symbols[end].text
        // What is kept is no term by itself, but a part of one: of "Bb大调".
        if symbols[end].isKept, end == start { continue }
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

  private mutating func keep(_ word: String, as group: String = "kept") {
    clauses[clauses.count - 1].append(TranslatedPart(english: word, group: group))
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
    guard filled.contains(where: { $0.contains { !["kept", "music", "and"].contains($0.group) } }) || !unknown.isEmpty
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
