extension PromptWords {
  /// The one note that a prompt names with its octave, as MIDI key: "C4 note", "one-shot, F#2", "A4 on pan pipes".
  ///
  /// Several names are a tune, and a name alone may be anything ("A4 paper"): something must say that it is played.
  var note: Int? {
    let named = words.indices.compactMap { index in Self.key(ofNote: words[index].text).map { (index, $0) } }
    guard named.count == 1, let (index, key) = named.first else { return nil }
    if words.contains(where: { Self.nouns.contains($0.lowercased) }) { return key }
    // "A7" and "C9" on their own are chords more often than notes so high.
    guard key < Self.chordLikeKey else { return nil }
    let isOn = words.indices.contains(index + 1) && ["on", "played"].contains(words[index + 1].lowercased)
    return isOn || words[..<index].contains { $0.lowercased == "playing" } ? key : nil
  }

  private static let nouns: Set<String> = ["note", "tone", "one-shot", "oneshot"]
  /// B6.
  private static let chordLikeKey = 96

  /// Scientific pitch notation, upper case: C-1 is 0, and C4 is 60.
  private static func key(ofNote text: String) -> Int? {
    // "C9" is a chord.
    guard text.first?.isUppercase == true, text.last != "9" else { return nil }
    return PitchClass.key(ofNoteName: text)
  }
}
