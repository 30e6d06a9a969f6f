/// How much is played in a section of a form.
enum SectionCharacter: Sendable {
  case sparse, usual, full

  /// By what the section is called: a judgement that songs of a verse and a chorus share.
  init(section name: String) {
    self =
      switch name {
      case "intro", "bridge", "break", "interlude", "outro", "C", "F": .sparse
      case "chorus", "hook", "refrain", "drop", "solo", "B", "E": .full
      default: .usual
      }
  }

  /// Whether a section of a name has a melody.
  static func hasLead(section name: String) -> Bool { !["intro", "break", "build", "outro"].contains(name) }

  /// One of the patterns: with the fewest strikes, any, or with the most.
  func pattern(_ patterns: [String], random: inout CorpusRandom) -> String {
    let drawn = random.pick(patterns)
    func strikes(_ pattern: String) -> Int { pattern.count { $0 != "." && $0 != "-" && $0 != "|" } }
    // "walk", "hold" and "arpeggio" are no steps.
    let steps = patterns.filter { $0.count > 8 }
    switch self {
    case .sparse: return steps.min { strikes($0) < strikes($1) } ?? drawn
    case .usual: return drawn
    case .full: return steps.max { strikes($0) < strikes($1) } ?? drawn
    }
  }

  /// Fewer notes than usual, as many, or more.
  func density(_ usual: Melodist.Density, tempo: Int) -> Melodist.Density {
    switch (self, usual) {
    case (.sparse, _): .sparse
    case (.usual, let usual): usual
    case (.full, .sparse): .medium
    // Sixteenths of a fast piece are faster than the network's frames tell apart.
    case (.full, _): tempo < 112 ? .busy : .medium
    }
  }

  /// What drums play of a groove: a section in which little happens has neither snare nor soft strokes.
  func groove(_ groove: DrumStyle.Groove) -> DrumStyle.Groove {
    guard self == .sparse else { return groove }
    let kept = groove.filter { ![.snare, .clap, .openHat].contains($0.voice) }
    return (kept.isEmpty ? groove : kept).map { ($0.voice, $0.steps.replacing("o", with: ".")) }
  }
}
