/// A prompt's words, and what they say about music.
struct PromptWords {
  struct Word {
    /// As it is written.
    var raw: String
    /// Without the punctuation around it.
    let text: String
    /// Whether a comma, full stop, colon or bracket follows, which ends what belongs together.
    var endsClause: Bool
    let lowercased: String

    init(raw: String, text: String, endsClause: Bool) {
      (self.raw, self.text, self.endsClause) = (raw, text, endsClause)
      lowercased = text.lowercased()
    }
  }

  /// What some of the words say, and which they are.
  struct Reading<Value> {
    let value: Value
    let words: Range<Int>
  }

  let words: [Word]
  let rules: ReadingRules

  init(_ prompt: String, rules: ReadingRules = .current) {
    self.rules = rules
    words = prompt.split(whereSeparator: \.isWhitespace).compactMap { raw in
      var text = raw.drop { "([{\"'“".contains($0) }
      var endsClause = false
      let hasBracket = text.contains("(")
      while let last = text.last, ",.;:!?)]}\"'”".contains(last) {
        // The bracket of "C7(b9)" belongs to the chord, the full stop of "N.C." is not missed.
        if last == ")" && hasBracket { break }
        endsClause = true
        text = text.dropLast()
      }
      return text.isEmpty ? nil : Word(raw: String(raw), text: String(text), endsClause: endsClause)
    }
  }

  /// What is read at the words from the first to the last, but for what has a word of an earlier reading.
  func readings<Value>(_ reading: (Int) -> Reading<Value>?) -> [Reading<Value>] {
    var readings: [Reading<Value>] = []
    for index in words.indices {
      guard let found = reading(index), !(readings.last?.words.overlaps(found.words) ?? false) else { continue }
      readings.append(found)
    }
    return readings
  }

  func lowercased(_ index: Int) -> String? {
    words.indices.contains(index) ? words[index].lowercased : nil
  }

  // MARK: Metre

  /// "3/4", "6/8 time"; "waltz" is 3/4.
  var timeSignature: TimeSignature? {
    for word in words {
      let parts = word.text.split(separator: "/", omittingEmptySubsequences: false)
      guard parts.count == 2, let numerator = Int(parts[0]), let denominator = Int(parts[1]) else { continue }
      if (2...15).contains(numerator) && [2, 4, 8, 16].contains(denominator) {
        return TimeSignature(numerator, denominator)
      }
    }
    return words.contains { $0.lowercased == "waltz" } ? TimeSignature(3, 4) : nil
  }
}
