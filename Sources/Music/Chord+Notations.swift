extension Chord {
  /// Whether a word names a chord in some notation, English, German or Romance, in capitals.
  public static func isName(_ word: String) -> Bool {
    guard word.first?.isUppercase == true, RomanceRow.mayHold(word) else { return false }
    return ChordNotation.allCases.contains { Chord(name: word, in: $0) != nil }
  }

  /// The slash of "Cm/maj7", behind which no bass note stands but a seventh; nil where there is none.
  static func slashBeforeSeventh(_ name: String) -> String.Index? {
    guard let slash = name.firstIndex(of: "/"), slash > name.startIndex else { return nil }
    let rest = name[name.index(after: slash)...]
    return ["maj7", "ma7", "M7", "Δ", "Δ7", "∆", "∆7", "^7"].contains { rest == $0 || rest.lowercased() == "maj7" }
      ? slash : nil
  }
}
