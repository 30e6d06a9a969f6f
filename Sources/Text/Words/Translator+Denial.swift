/// "Without" and "not", said behind what they are about, as in Japanese: "ドラムなし", "悲しくない"; and in lists: "batería: no".
extension Translator {
  /// Excludes what was said last: the thing with what describes it, or the quality alone, and what is listed before it.
  mutating func deny(_ term: String) {
    // "さりげない", of which "さりげ" is no term: what an unknown word denies is not known either.
    if isBehindUnknown, let last = unknown.indices.last {
      unknown[last] += term
      return
    }
    // "ドラム、なし", "ドラム：なし": the sign separates nothing.
    while let last = clauses.last, clauses.count > 1, last.allSatisfy({ $0.group == "and" }) { clauses.removeLast() }
    var denied: [TranslatedPart] = []
    while let thing = popThing() {
      denied.insert(thing, at: 0)
      let place = clauses.count - 1
      if clauses[place].last?.isListed == true { continue }
      // "ドラムとベースなし": both.
      guard place > 0, clauses[place].map(\.group) == ["and"] else { break }
      clauses.removeLast()
    }
    if denied.isEmpty { return unknown.append(term) }
    for part in denied {
      endClause()
      append(TranslatedPart(english: part.describes ? "not" : "no", group: "negation"))
      append(part)
    }
    endClause()
  }

  /// The last thing of the last clause, as one part; nil where there is none, or it is excluded already.
  private mutating func popThing() -> TranslatedPart? {
    let place = clauses.count - 1
    guard var thing = clauses[place].last, thing.group != "and", thing.group != "negation",
      !clauses[place].contains(where: { $0.group == "negation" })
    else { return nil }
    clauses[place].removeLast()
    while !thing.describes, thing.isTied, let adjective = clauses[place].last, adjective.describes {
      clauses[place].removeLast()
      thing = TranslatedPart(
        english: adjective.english + " " + thing.english, group: thing.group, isTied: adjective.isTied,
        isListed: thing.isListed)
    }
    return thing
  }

  // MARK: Answers

  /// Whether a word that excludes stands behind what it is about, as in "batería: no", rather than before it.
  static func isAnswer(_ match: PhraseTable.Language.Match, of pieces: [PhraseTable.Piece]) -> Bool {
    let (start, end) = (match.range.lowerBound, match.range.upperBound)
    return match.entry.group == "negation" && start > 0 && isAnswered(pieces[start - 1].text)
      && (end == pieces.count || !pieces[end].isWord)
  }

  static func isAnswer(_ entry: PhraseTable.Entry, _ range: Range<Int>, of symbols: [UnspacedSymbol]) -> Bool {
    func isBlank(_ symbol: UnspacedSymbol) -> Bool { symbol.text.allSatisfy(\.isWhitespace) }
    guard entry.group == "negation", let sign = symbols[..<range.lowerBound].last(where: { !isBlank($0) }) else {
      return false
    }
    let next = symbols[range.upperBound...].first { !isBlank($0) }
    return isAnswered(sign.text) && next.map { !$0.isForeign && !$0.isWord } ?? true
  }

  private static func isAnswered(_ sign: String) -> Bool { sign == ":" || sign == "=" }
}
