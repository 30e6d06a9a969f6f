/// What kind of phrase a clip holds.
public enum PhraseKind: String, CaseIterable, Codable, Sendable {
  case note, chord, progression, arpeggio, melody, riff
  case bassLine = "bass line"
  case drumHit = "drum hit"
  case drumPattern = "drum pattern"
  case drumFill = "drum fill"
  case ensemble
  /// A sound for games or film, which nobody plays: not among those that are composed.
  case sound

  /// The kinds of phrases.
  public static let allCases: [PhraseKind] = [
    .note, .chord, .progression, .arpeggio, .melody, .riff, .bassLine, .drumHit, .drumPattern, .drumFill, .ensemble,
  ]

  /// Who plays: a corpus is three quarters solo instruments, of which there are a hundred to learn; drums are one, and
  /// ensembles are made of both.
  enum Forces { case solo, drums, ensemble }

  static let forces: [(Forces, Double)] = [(.solo, 76), (.drums, 9), (.ensemble, 15)]

  /// The kinds that someone's clips may be of; of an ensemble there is one.
  static let byForces: [Forces: Set<PhraseKind>] = [
    .solo: Set(solos.map(\.kind)), .drums: Set(drumWeights.map(\.0)), .ensemble: [.ensemble],
  ]

  static let drumWeights: [(PhraseKind, Double)] = [(.drumHit, 2), (.drumPattern, 11), (.drumFill, 2)]

  /// What a solo instrument plays, if it is good for that use.
  static let solos: [(kind: PhraseKind, use: Instrument.Uses, weight: Double)] = [
    (.note, .note, 9), (.chord, .chord, 6), (.progression, .progression, 12), (.arpeggio, .arpeggio, 8),
    (.melody, .melody, 14), (.riff, .riff, 5.5), (.bassLine, .bass, 6.5),
  ]
}
