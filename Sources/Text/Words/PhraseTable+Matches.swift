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
