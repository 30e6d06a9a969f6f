/// What can be heard in a clip and put into a word: the measures that a taste is told in.
public enum HeardQuality: String, CaseIterable, Codable, Sendable {
  case brightness, bass, air, register, bandwidth, noisiness
  case density, percussiveness, sustain, dynamics, motion, length
  case tempo, mode

  /// How one is told that somebody likes more of it, or less.
  public var poles: (more: String, less: String) {
    switch self {
    case .brightness: ("brighter", "darker")
    case .bass: ("more bass", "less bass")
    case .air: ("more treble", "less treble")
    case .register: ("higher", "lower")
    case .bandwidth: ("fuller", "narrower")
    case .noisiness: ("noisier", "purer")
    case .density: ("busier", "sparser")
    case .percussiveness: ("more percussive", "smoother")
    case .sustain: ("more sustained", "shorter notes")
    case .dynamics: ("more dynamic", "more even")
    case .motion: ("more changing", "steadier")
    case .length: ("longer", "shorter")
    case .tempo: ("faster", "slower")
    case .mode: ("minor", "major")
    }
  }
}
