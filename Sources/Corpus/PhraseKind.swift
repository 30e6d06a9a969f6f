/// What kind of phrase a clip holds.
public enum PhraseKind: String, CaseIterable, Codable, Sendable {
  case note, chord, progression, arpeggio, melody, riff
  case bassLine = "bass line"
  case drumHit = "drum hit"
  case drumPattern = "drum pattern"
  case drumFill = "drum fill"
  case ensemble

  /// Shares of the corpus: about 60 % one instrument, 15 % drums, 25 % ensembles.
  static let weights: [(PhraseKind, Double)] = [
    (.note, 9), (.chord, 6), (.progression, 12), (.arpeggio, 8), (.melody, 14), (.riff, 5.5), (.bassLine, 6.5),
    (.drumHit, 2), (.drumPattern, 11), (.drumFill, 2), (.ensemble, 24),
  ]
}
