extension PromptWords {
  /// The first key: a tonic with its mode spelt out, or "in" or "key of" before "Am", "Eb" or "B flat".
  var key: Reading<Key>? { keys.first }

  /// All of them, in order.
  var keys: [Reading<Key>] { readings(key) }

  private func key(at index: Int) -> Reading<Key>? {
    guard let key = spokenKey(at: index) ?? shortKey(at: index) ?? accidentalKey(at: index) else { return nil }
    // The label belongs to what it labels.
    return isKeyLabel(index - 1) ? Reading(value: key.value, words: index - 1..<key.words.upperBound) : key
  }

  /// "Bbm piano", "strings, F#m": the name of a minor chord alone, with none beside it, as sample packs write keys.
  var loneKey: Reading<Key>? {
    guard rules >= .third else { return nil }
    return words.indices.lazy.compactMap { index -> Reading<Key>? in
      let text = words[index].text
      guard text.first?.isUppercase == true, text.hasSuffix("m") || text.hasSuffix("min"), let key = Key(name: text),
        !isChord(index - 1), !isChord(index + 1), !["i", "chord"].contains(lowercased(index + 1))
      else { return nil }
      return Reading(value: key, words: index..<index + 1)
    }.first
  }

  /// Whether a word names a chord.
  func isChord(_ index: Int) -> Bool {
    guard words.indices.contains(index), words[index].text.first?.isUppercase == true else { return false }
    let name = words[index].text
    return (rules >= .fifth || Chord.slashBeforeSeventh(name) == nil) && Chord(name: name) != nil
  }

  static func isMode(_ word: String) -> Bool { modes[word.lowercased()] != nil }

  private static let modes: [String: Key.Mode] = [
    "major": .major, "minor": .minor, "dorian": .dorian, "mixolydian": .mixolydian, "phrygian": .phrygian,
    "lydian": .lydian, "ionian": .major, "aeolian": .minor,
  ]

  /// "A minor", "f# dorian", "in a minor", "Bb-major", "E flat major", "B-flat minor". "a minor" in lower case is English
  /// unless "in" or "key of" is before it. A chord's name goes on ("A minor seventh", "A minor chord") and is no key.
  func spokenKey(at index: Int) -> Reading<Key>? {
    var pieces = words[index].text.split(separator: "-").map(String.init)
    if rules != .first, pieces.count == 2, let step = Key.spokenAccidentals[pieces[1].lowercased()] {
      // "B-flat major".
      pieces = [pieces[0] + (step < 0 ? "b" : "#")]
    }
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
    guard followsIn(index), let key = rules == .first ? Key(symbol: text) : Key(name: text) else { return nil }
    // "in A new light", "in C and assembly": a lone letter must be all that the clause says.
    let isName = text.first?.isUppercase == true
    guard isName && text.count > 1 || (isName || afterKeyOf(index)) && keyMayEnd(before: index + 1) else { return nil }
    return Reading(value: key, words: index..<index + 1)
  }

  /// "in B flat", "in the key of F sharp": major, where no mode follows.
  private func accidentalKey(at index: Int) -> Reading<Key>? {
    guard rules != .first, followsIn(index), index + 1 < words.count, !words[index].endsClause else { return nil }
    let letter = words[index].text
    guard letter.count == 1, letter.first?.isUppercase == true || afterKeyOf(index),
      Key.spokenAccidentals[words[index + 1].lowercased] != nil, keyMayEnd(before: index + 2),
      let key = Key(name: letter + " " + words[index + 1].text)
    else { return nil }
    return Reading(value: key, words: index..<index + 2)
  }

  private func followsIn(_ index: Int) -> Bool { lowercased(index - 1) == "in" || afterKeyOf(index) }

  /// "key of a", "key: a".
  private func afterKeyOf(_ index: Int) -> Bool {
    if lowercased(index - 2) == "key" && lowercased(index - 1) == "of" { return true }
    return isKeyLabel(index - 1)
  }

  private func isKeyLabel(_ index: Int) -> Bool {
    rules != .first && lowercased(index) == "key" && words[index].raw.hasSuffix(":")
  }

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
