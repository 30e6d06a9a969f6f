/// Puts a text's terms into English, clause by clause.
struct Translator {
  let languages: [PhraseTable.Language]
  var clauses: [[TranslatedPart]] = [[]]
  private(set) var approximations: [Translation.Approximation] = []
  var unknown: [String] = []
  /// Whether what comes next stands right behind the last part.
  private var isTied = false
  /// Whether no part has come since the last unknown word.
  var isBehindUnknown = false

  init(_ languages: [PhraseTable.Language]) { self.languages = languages }

  // MARK: Languages with spaces

  /// - Parameter isEnglish: of a word, which is kept as it is then.
  mutating func spaced(_ pieces: [PhraseTable.Piece], isEnglish: (String) -> Bool) -> Translation? {
    var matches = languages[0].matches(pieces)[...]
    var index = 0
    while index < pieces.count {
      if let match = matches.first, match.range.lowerBound == index {
        add(
          match.entry, pieces[match.range].map(\.text).joined(separator: " "), number: match.number,
          isAnswer: Self.isAnswer(match, of: pieces))
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
    func flush(_ translator: inout Self) {
      if !missing.isEmpty {
        translator.unknown.append(missing)
        translator.isBehindUnknown = true
      }
      missing = ""
    }
    while index < symbols.count {
      if !missing.isEmpty, let end = endOfUnknown(symbols, from: index) {
        missing += symbols[index..<end].map(\.text).joined()
        index = end
        continue
      }
      if let (entry, end, number) = longestEntry(symbols, from: index) {
        flush(&self)
        add(
          entry, symbols[index..<end].map(\.text).joined(), number: number,
          isAnswer: Self.isAnswer(entry, index..<end, of: symbols))
        index = end
        continue
      }
      let symbol = symbols[index]
      if symbol.isForeign {
        missing += symbol.text
      } else {
        flush(&self)
        if symbol.isWord {
          keep(symbol.raw, as: symbol.isKept ? "music" : "kept")
        } else if !symbol.text.allSatisfy(\.isWhitespace) {
          endClause()
        }
      }
      index += 1
    }
    flush(&self)
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

  /// - Parameter isAnswer: of a word that excludes, whether it stands behind what it is about, as in "batería: no".
  private mutating func add(_ entry: PhraseTable.Entry, _ term: String, number: String?, isAnswer: Bool = false) {
    // Of a key "#" is the sharp.
    let english =
      number.map { entry.group == "key" ? entry.english : entry.english.replacing("#", with: $0) } ?? entry.english
    if entry.isNearestOnly { approximations.append(.init(term: term, english: english)) }
    if entry.group == "and" { return join(english) }
    if english == "-free" || isAnswer {
      deny(term)
    } else if english.isEmpty {
      // "No drums 的 jazz": what is excluded ends there.
      if Self.possessives.contains(term), isExcluding { endClause() }
      if Self.lists.contains(term) { markListed() }
      isTied = isTied && Self.endings.contains(term)
    } else {
      append(TranslatedPart(english: english, group: entry.group))
    }
  }

  mutating func append(_ part: TranslatedPart) {
    var part = part
    (part.isTied, isTied, isBehindUnknown) = (isTied, true, false)
    clauses[clauses.count - 1].append(part)
  }

  /// "And", "or", "nor", or what joins only what is excluded: "noch".
  private mutating func join(_ english: String) {
    if isExcluding { return endClause("or") }
    switch english {
    case "": break
    case "nor":
      // "Ni batería ni bajo": the first one excludes.
      endClause()
      append(TranslatedPart(english: "no", group: "negation"))
    default: endClause(english)
    }
  }

  private mutating func markListed() {
    let place = clauses.count - 1
    if let last = clauses[place].indices.last { clauses[place][last].isListed = true }
  }

  /// Whether what comes is excluded still: "no drums 和 bass" excludes both, which "and" would leave open.
  private var isExcluding: Bool {
    guard let clause = clauses.last, let first = clause.first else { return false }
    return first.isExcluding || clause.contains { $0.group == "negation" }
  }

  private static let possessives: Set<String> = ["的", "の"]
  private static let lists: Set<String> = ["も"]
  /// Between an adjective and its noun.
  private static let endings: Set<String> = ["な", "い"]

  private mutating func keep(_ word: String, as group: String = "kept") {
    append(TranslatedPart(english: word, group: group))
  }

  mutating func endClause(_ word: String? = nil) {
    isTied = false
    if clauses[clauses.count - 1].isEmpty, word == nil { return }
    if let word {
      clauses.append([TranslatedPart(english: word, group: "and", isExcluding: isExcluding)])
    } else {
      clauses.append([])
    }
  }
}
