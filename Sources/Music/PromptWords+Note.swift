extension PromptWords {
  /// The one note that a prompt names with its octave, as MIDI key: "C4 note", "one-shot, F#2", "A4 on pan pipes".
  ///
  /// Several names are a tune, and a name alone may be anything ("A4 paper"): something must say that it is played, and of a
  /// name in lower case right beside it ("note a2", "playing a low b2").
  var note: Reading<Int>? {
    let named = words.indices.compactMap { index in Self.key(ofNote: words[index].text).map { (index, $0) } }
    let upper = named.filter { words[$0.0].text.first?.isUppercase == true }
    let candidates = upper.isEmpty ? named.filter { isPlayed($0.0) } : upper
    guard candidates.count == 1, let (index, key) = candidates.first else { return nil }
    let reading = Reading(value: key, words: index..<index + 1)
    if saysNote { return reading }
    // "A7" and "C9" on their own are chords more often than notes so high.
    guard key < Self.chordLikeKey else { return nil }
    return isBeforeInstrument(index) || words[..<index].contains { $0.lowercased == "playing" } ? reading : nil
  }

  /// Whether a word says that a note is meant.
  var saysNote: Bool { words.contains { Self.nouns.contains($0.lowercased) } }

  private static let nouns: Set<String> = ["note", "tone", "one-shot", "oneshot"]
  /// B6.
  private static let chordLikeKey = 96

  /// "A4 on pan pipes", "F#3 played on a guitar".
  private func isBeforeInstrument(_ index: Int) -> Bool {
    words.indices.contains(index + 1) && ["on", "played"].contains(words[index + 1].lowercased)
  }

  /// Whether the words right beside a name say that it is played.
  private func isPlayed(_ index: Int) -> Bool {
    let ends = words[index].endsClause || index + 1 == words.count
    let isObject = ends && words[..<index].contains { $0.lowercased == "playing" }
    let isNamed = index > 0 && Self.nouns.contains(words[index - 1].lowercased)
    let isFirst = index == 0 || words[index - 1].endsClause
    return isObject || isNamed || isFirst && isBeforeInstrument(index)
  }

  /// Scientific pitch notation: C-1 is 0, and C4 is 60.
  private static func key(ofNote text: String) -> Int? {
    // "C9" is a chord.
    text.last == "9" ? nil : PitchClass.key(ofNoteName: text)
  }
}
