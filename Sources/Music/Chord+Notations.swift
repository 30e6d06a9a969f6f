extension Chord {
  /// Whether a word names a chord in some notation, English, German or Romance, in capitals.
  public static func isName(_ word: String) -> Bool {
    guard word.first?.isUppercase == true, RomanceRow.mayHold(word) else { return false }
    return ChordNotation.allCases.contains { Chord(name: word, in: $0) != nil }
  }
}
