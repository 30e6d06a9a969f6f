/// What a corpus is made of.
public enum CorpusPart: String, CaseIterable, Codable, Sendable {
  /// Phrases of General MIDI instruments, through FluidSynth.
  case phrases
  /// Phrases of synthesizers, through Csound.
  case synths
  /// Sounds for games and film, through Csound.
  case sounds

  /// Whether Csound makes it.
  var needsCsound: Bool { self != .phrases }

  /// What clip `index` of a corpus of these parts is: they come in turn, in the order of the cases.
  static func part(of index: Int, among parts: Set<CorpusPart>) -> CorpusPart {
    let present = allCases.filter(parts.contains)
    precondition(!present.isEmpty, "A corpus of no part has no clips")
    return present[index % present.count]
  }
}
