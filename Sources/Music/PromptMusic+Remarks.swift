extension PromptMusic {
  /// What a prompt seems to say of its music and is not heard, one line each: numbers that no clip can have ("1000 bpm", "0
  /// bars"), what is no one number ("90-120 bpm"), chords too few to be sure of, and what is said twice, and differently.
  public static func remarks(on prompt: String) -> [String] {
    let words = PromptWords(prompt)
    return words.tempoRemarks + words.lengthRemarks + words.chordRemarks + words.contradictions
  }
}

extension PromptWords {
  /// What stands where a tempo would, and is none.
  fileprivate var tempoRemarks: [String] {
    let heard = tempos.map(\.words)
    return words.indices.compactMap { index -> String? in
      guard let (number, place) = numberOfTempo(at: index), !heard.contains(where: { $0.overlaps(place) }) else {
        return nil
      }
      let text = "\"\(words[place].map(\.text).joined(separator: " "))\""
      if number.hasPrefix("@") { return "\(text) is not heard: write \"\(number.dropFirst()) bpm\"" }
      if Double(Self.withDecimalPoint(number)) != nil {
        return "\(text) is not heard: a tempo lies between 20 and 400 bpm"
      }
      return "\(text) is not heard: a tempo is one number, as in \"120 bpm\""
    }
  }

  /// The digits that are said to be a tempo, from a word on.
  private func numberOfTempo(at index: Int) -> (number: String, words: Range<Int>)? {
    let word = words[index].lowercased
    func hasDigits(_ text: String) -> Bool { text.contains { $0.isASCII && $0.isNumber } }
    if word.hasPrefix("@"), !word.contains(where: \.isLetter) {
      if hasDigits(word) { return (word, index..<index + 1) }
      if word == "@", let next = lowercased(index + 1), next.allSatisfy(\.isNumber) {
        return ("@" + next, index..<index + 2)
      }
    }
    if word.hasSuffix("bpm"), hasDigits(word), word.first?.isLetter == false {
      let number = word.dropLast(3)
      return (String(number.hasSuffix("-") ? number.dropLast() : number), index..<index + 1)
    }
    if hasDigits(word), word.first?.isLetter == false, lowercased(index + 1) == "bpm", !words[index].endsClause {
      return (word, index..<index + 2)
    }
    let label = String(word.prefix { !Self.isEquation($0) })
    if Self.labels.contains(label), label != word, hasDigits(word) {
      return (String(word.dropFirst(label.count).drop(while: Self.isEquation)), index..<index + 1)
    }
    // "BPM: 1000": a colon joins what a comma would not.
    if Self.labels.contains(word), words[index].raw.hasSuffix(":") || word == "bpm" && !words[index].endsClause,
      let next = lowercased(index + 1), next.first?.isNumber == true
    {
      return (next, index..<index + 2)
    }
    return nil
  }

  /// What stands where a length would, and is none.
  fileprivate var lengthRemarks: [String] {
    let heard = lengths.map(\.words)
    return words.indices.compactMap { index -> String? in
      guard let (number, unit, place) = numberAndUnit(at: index), number.first?.isNumber == true,
        !heard.contains(where: { $0.overlaps(place) })
      else { return nil }
      let text = "\"\(words[place].map(\.text).joined(separator: " "))\""
      if Self.barUnits.contains(unit) { return "\(text) is not heard: a clip has 1 to 1000 whole bars" }
      if Self.secondUnits.contains(unit) { return "\(text) is not heard: a clip lasts 0.1 to 120 seconds" }
      if ["minute", "minutes", "min", "mins"].contains(unit) {
        return "\(text) is not heard: write seconds, 120 at most"
      }
      return nil
    }
  }

  /// Chords that nothing says are meant as such.
  fileprivate var chordRemarks: [String] {
    let key = key
    let chart = chart(key: key?.value, timeSignature: .common)
    let lone = chart == nil && key == nil ? loneKey?.words : nil
    let heard = [key?.words, chart?.words, lone].compactMap(\.self)
    var (remarks, index) = ([String](), 0)
    while index < words.count {
      let names = words[index...].indices.prefix { isChord($0) }
      defer { index += max(1, names.count) }
      guard let first = names.first, let last = names.last,
        names.contains(where: { saysChord(words[$0].text) || names.count > 1 && words[$0].text == "Am" }),
        !heard.contains(where: { $0.overlaps(first..<last + 1) }), lowercased(last + 1) != "chord"
      else { continue }
      let text = names.map { words[$0].text }.joined(separator: " ")
      remarks.append(
        "\"\(text)\" is not heard: write \"chords \(text)\" or \"\(text) chord\", or a key as \"in A minor\"")
    }
    return remarks
  }

  /// Whether a name is a chord's for certain: "A" and "Go" are words, "E7" and "C5" may be anything.
  private func saysChord(_ name: String) -> Bool {
    let rest = name.dropFirst().drop { "#b♯♭".contains($0) }
    if rest == "m" || rest == "min" { return name != "Am" }
    return ["m7", "m9", "m6", "m11", "maj", "min7", "dim", "sus", "add", "M7", "aug", "mM7"].contains(
      where: rest.hasPrefix)
  }

  /// What is said twice, and differently: the first counts.
  fileprivate var contradictions: [String] {
    func remark(_ names: [String]) -> [String] {
      guard let first = names.first, let other = names.first(where: { $0 != first }) else { return [] }
      return ["the prompt says \(first) and \(other): \(first) is taken"]
    }
    return remark(tempos.map { PromptMusic.number($0.value) + " bpm" }) + remark(keys.map(\.value.name))
      + remark(lengths.map(\.value.words))
  }
}

extension SpokenLength {
  /// "8 bars", "2.5 seconds".
  public var words: String {
    switch self {
    case .bars(let count): count == 1 ? "1 bar" : "\(count) bars"
    case .seconds(let seconds): seconds == 1 ? "1 second" : "\(PromptMusic.number(seconds)) seconds"
    }
  }
}

extension PromptMusic {
  /// A number without an empty fraction.
  package static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9 ? "\(Int(value))" : "\(value)"
  }
}
