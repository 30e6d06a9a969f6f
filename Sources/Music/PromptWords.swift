/// A prompt's words, and what they say about music.
struct PromptWords {
  struct Word {
    /// Without the punctuation around it.
    var text: String
    /// Whether a comma, full stop, colon or bracket follows, which ends what belongs together.
    var endsClause: Bool

    var lowercased: String { text.lowercased() }
  }

  let words: [Word]

  init(_ prompt: String) {
    words = prompt.split(whereSeparator: \.isWhitespace).compactMap { raw in
      var text = raw.drop { "([{\"'“".contains($0) }
      var endsClause = false
      while let last = text.last, ",.;:!?)]}\"'”".contains(last) {
        // The bracket of "C7(b9)" belongs to the chord, the full stop of "N.C." is not missed.
        if last == ")" && text.contains("(") { break }
        endsClause = true
        text = text.dropLast()
      }
      return text.isEmpty ? nil : Word(text: String(text), endsClause: endsClause)
    }
  }

  private func lowercased(_ index: Int) -> String? {
    words.indices.contains(index) ? words[index].lowercased : nil
  }

  // MARK: Tempo

  /// The first number before "bpm", or after "tempo" or "tempo of".
  var tempo: Double? {
    for index in words.indices {
      let word = words[index].lowercased
      if word.hasSuffix("bpm"), let tempo = Self.tempo(word.dropLast(3)) { return tempo }
      guard let tempo = Self.tempo(word[...]) else { continue }
      let next = lowercased(index + 1)
      if next == "bpm" || next == "beats" && lowercased(index + 2) == "per" && lowercased(index + 3) == "minute" {
        return tempo
      }
      let before = [lowercased(index - 2), lowercased(index - 1)]
      if before[1] == "tempo" || before == ["tempo", "of"] {
        return tempo
      }
    }
    return nil
  }

  private static func tempo(_ text: Substring) -> Double? {
    let digits = text.hasSuffix("-") ? text.dropLast() : text
    guard digits.allSatisfy({ $0.isASCII && ($0.isNumber || $0 == ".") }), let tempo = Double(digits),
      (20...400).contains(tempo)
    else { return nil }
    return tempo
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

  // MARK: Key

  /// The first key: a tonic with its mode spelt out, or "in" or "key of" before "Am" or "Eb".
  var key: Key? {
    for index in words.indices {
      if let key = spokenKey(at: index) ?? shortKey(at: index) { return key }
    }
    return nil
  }

  private static let modes: [String: Key.Mode] = [
    "major": .major, "minor": .minor, "dorian": .dorian, "mixolydian": .mixolydian, "phrygian": .phrygian,
    "lydian": .lydian, "ionian": .major, "aeolian": .minor,
  ]

  /// "A minor", "f# dorian", "in a minor", "Bb-major", "E flat major". "a minor" in lower case is English unless "in" or
  /// "key of" is before it. A chord's name goes on ("A minor seventh", "A minor chord") and is no key.
  private func spokenKey(at index: Int) -> Key? {
    var pieces = words[index].text.split(separator: "-").map(String.init)
    var next = index + 1
    if pieces.count == 1, next < words.count, !words[index].endsClause {
      pieces.append(words[next].text)
      next += 1
      if ["flat", "sharp"].contains(pieces[1].lowercased()), next < words.count, !words[next - 1].endsClause {
        pieces = [pieces[0] + (pieces[1].lowercased() == "flat" ? "b" : "#"), words[next].text]
        next += 1
      }
    }
    guard pieces.count == 2, pieces[0].count <= 2, let tonic = PitchClass(name: pieces[0]),
      let mode = Self.modes[pieces[1].lowercased()]
    else { return nil }
    if mayBeArticle(index, text: pieces[0]) && !keyMayEnd(before: next) { return nil }
    if pieces[0] == "a" && !followsIn(index) { return nil }
    if !words[next - 1].endsClause, let after = lowercased(next), Self.chordWords.contains(after) { return nil }
    return Key(tonic: tonic, mode: mode)
  }

  /// Whether a tonic may be the article: "a" anywhere, "A" at the beginning.
  func mayBeArticle(_ index: Int, text: String) -> Bool {
    text == "a" || text == "A" && (index == 0 || words[index - 1].endsClause)
  }

  private static let chordWords: Set<String> = [
    "chord", "triad", "seventh", "sixth", "ninth", "7th", "6th", "9th", "7", "eleventh", "thirteenth", "add9",
  ]

  /// "in Am", "in the key of Eb", "key of a".
  private func shortKey(at index: Int) -> Key? {
    let text = words[index].text
    guard followsIn(index), let key = Key(name: text), !text.contains(" ") else { return nil }
    if text.first?.isUppercase == true {
      // "in A new light", "in C and assembly": a lone letter must be all that the clause says.
      return text.count > 1 || keyMayEnd(before: index + 1) ? key : nil
    }
    return afterKeyOf(index) && keyMayEnd(before: index + 1) ? key : nil
  }

  private func followsIn(_ index: Int) -> Bool { lowercased(index - 1) == "in" || afterKeyOf(index) }

  private func afterKeyOf(_ index: Int) -> Bool { lowercased(index - 2) == "key" && lowercased(index - 1) == "of" }

  private static let keyFollowers: Set<String> = [
    "at", "with", "over", "scale", "chords", "and", "by", "on", "for", "using", "arpeggio", "arpeggios", "melody",
    "melodic", "loop", "groove", "riff", "bassline", "bass", "piano", "guitar", "synth", "pad", "lead", "strings",
    "progression", "ballad", "solo",
  ]

  /// Whether what stands before `index` may be the end of a key: the clause ends, or a word follows that goes with it.
  private func keyMayEnd(before index: Int) -> Bool {
    guard !words[index - 1].endsClause, let next = lowercased(index) else { return true }
    return Self.keyFollowers.contains(next) || next.first?.isNumber == true
  }
}
