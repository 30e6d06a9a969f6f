/// What kind of phrase a clip holds.
public enum PhraseKind: String, CaseIterable, Codable, Sendable {
  case note, chord, progression, arpeggio, melody, riff
  case bassLine = "bass line"
  case drumHit = "drum hit"
  case drumPattern = "drum pattern"
  case drumFill = "drum fill"
  case ensemble

  /// Who plays: a corpus is three quarters solo instruments, of which there are a hundred to learn; drums are one, and
  /// ensembles are made of both.
  enum Forces { case solo, drums, ensemble }

  static let forces: [(Forces, Double)] = [(.solo, 76), (.drums, 9), (.ensemble, 15)]

  static let drumWeights: [(PhraseKind, Double)] = [(.drumHit, 2), (.drumPattern, 11), (.drumFill, 2)]

  /// What a solo instrument plays, among that which suits it.
  static let soloWeights: [(PhraseKind, Double)] = [
    (.note, 9), (.chord, 6), (.progression, 12), (.arpeggio, 8), (.melody, 14), (.riff, 5.5), (.bassLine, 6.5),
  ]

  /// What an instrument must be good for to play it alone; nil where no single instrument does.
  var use: Instrument.Uses? {
    switch self {
    case .note: .note
    case .chord: .chord
    case .progression: .progression
    case .arpeggio: .arpeggio
    case .melody: .melody
    case .riff: .riff
    case .bassLine: .bass
    case .drumHit, .drumPattern, .drumFill, .ensemble: nil
    }
  }
}
