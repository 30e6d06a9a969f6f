/// A prompt's words, and what they say about music.
struct PromptWords {
  struct Word {
    /// As it is written.
    var raw: String
    /// Without the punctuation around it.
    var text: String
    /// Whether a comma, full stop, colon or bracket follows, which ends what belongs together.
    var endsClause: Bool

    var lowercased: String { text.lowercased() }
  }

  /// What some of the words say, and which they are.
  struct Reading<Value> {
    let value: Value
    let words: Range<Int>
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
      return text.isEmpty ? nil : Word(raw: String(raw), text: String(text), endsClause: endsClause)
    }
  }

  private func lowercased(_ index: Int) -> String? {
    words.indices.contains(index) ? words[index].lowercased : nil
  }

  // MARK: Tempo

  /// The first number before "bpm", or after "tempo" or "tempo of".
  var tempo: Reading<Double>? {
    for index in words.indices {
      let word = words[index].lowercased
      if word.hasSuffix("bpm"), let tempo = Self.tempo(word.dropLast(3)) {
        return Reading(value: tempo, words: index..<index + 1)
      }
      guard let tempo = Self.tempo(word[...]) else { continue }
      func follow(_ unit: String...) -> Bool {
        unit.enumerated().allSatisfy { lowercased(index + 1 + $0.offset) == $0.element }
      }
      if follow("bpm") { return Reading(value: tempo, words: index..<index + 2) }
      if follow("beats", "per", "minute") { return Reading(value: tempo, words: index..<index + 4) }
      if lowercased(index - 1) == "tempo" { return Reading(value: tempo, words: index - 1..<index + 1) }
      if lowercased(index - 2) == "tempo", lowercased(index - 1) == "of" {
        return Reading(value: tempo, words: index - 2..<index + 1)
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
  var key: Reading<Key>? {
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
  private func spokenKey(at index: Int) -> Reading<Key>? {
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
    return Reading(value: Key(tonic: tonic, mode: mode), words: index..<next)
  }

  /// Whether a tonic may be the article: "a" anywhere, "A" at the beginning.
  func mayBeArticle(_ index: Int, text: String) -> Bool {
    text == "a" || text == "A" && (index == 0 || words[index - 1].endsClause)
  }

  private static let chordWords: Set<String> = [
    "chord", "triad", "seventh", "sixth", "ninth", "7th", "6th", "9th", "7", "eleventh", "thirteenth", "add9",
  ]

  /// "in Am", "in the key of Eb", "key of a".
  private func shortKey(at index: Int) -> Reading<Key>? {
    let text = words[index].text
    guard followsIn(index), let key = Key(name: text), !text.contains(" ") else { return nil }
    // "in A new light", "in C and assembly": a lone letter must be all that the clause says.
    let isName = text.first?.isUppercase == true
    guard isName && text.count > 1 || (isName || afterKeyOf(index)) && keyMayEnd(before: index + 1) else { return nil }
    return Reading(value: key, words: index..<index + 1)
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
