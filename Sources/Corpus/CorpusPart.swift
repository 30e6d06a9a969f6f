/// What a corpus is made of.
public enum CorpusPart: String, CaseIterable, Codable, Sendable {
  /// Phrases of General MIDI instruments, through FluidSynth.
  case phrases
  /// Phrases of synthesizers, through Csound.
  case synths
  /// Sounds for games and film, through Csound.
  case sounds
  /// Phrases of General MIDI instruments and drum machines in two channels, of two soundfonts, in rooms: through FluidSynth,
  /// then Csound.
  case music

  /// Whether Csound makes it.
  var needsCsound: Bool { self != .phrases }
  /// Whether FluidSynth plays something of it.
  var needsFluidSynth: Bool { self == .phrases || self == .music }
  /// Whether it needs both soundfonts.
  var needsSoundfonts: Bool { self == .music }

  /// What clip `index` of a corpus of these parts is: they come in turn, in the order of the cases.
  static func part(of index: Int, among parts: Set<CorpusPart>) -> CorpusPart {
    let present = allCases.filter(parts.contains)
    precondition(!present.isEmpty, "A corpus of no part has no clips")
    return present[index % present.count]
  }
}
