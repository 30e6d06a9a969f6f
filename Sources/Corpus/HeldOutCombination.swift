/// A known instrument with a known kind of phrase that the parts `music` and `synths` never put together, so that it can be
/// judged whether a model puts together what it knows.
public struct HeldOutCombination: Sendable, Equatable {
  public let instrument: String
  public let kind: PhraseKind

  init(_ instrument: String, _ kind: PhraseKind) { (self.instrument, self.kind) = (instrument, kind) }

  /// Of every family some, each kind several times. What is here stays out of every corpus but one that asks for it; to add a
  /// line, train anew.
  public static let all: [HeldOutCombination] = phrases + synths

  /// What General MIDI instruments do not play in part `music`.
  static let phrases: [HeldOutCombination] = [
    .init("saw lead", .progression), .init("saw lead", .chord), .init("square lead", .chord),
    .init("string ensemble", .arpeggio), .init("string ensemble", .riff), .init("pizzicato strings", .progression),
    .init("slap bass", .arpeggio), .init("fretless bass", .riff), .init("upright bass", .melody),
    .init("marimba", .progression), .init("music box", .riff), .init("vibraphone", .arpeggio),
    .init("church organ", .arpeggio), .init("accordion", .bassLine), .init("harpsichord", .chord),
    .init("clavinet", .melody), .init("electric piano", .riff), .init("nylon guitar", .chord),
    .init("banjo", .melody), .init("distortion guitar", .arpeggio), .init("sitar", .arpeggio),
    .init("flute", .arpeggio), .init("clarinet", .riff), .init("tenor sax", .arpeggio), .init("trumpet", .riff),
    .init("french horn", .progression), .init("brass section", .arpeggio), .init("choir", .riff),
    .init("violin", .arpeggio), .init("warm pad", .arpeggio), .init("polysynth", .melody), .init("steel drums", .chord),
  ]

  /// What synthesizers do not play in part `synths`.
  static let synths: [HeldOutCombination] = [
    .init("supersaw", .arpeggio), .init("analog synth", .chord), .init("FM bass", .riff), .init("synth bell", .melody),
    .init("chiptune synth", .riff), .init("wavetable synth", .progression), .init("plucked string synth", .chord),
    .init("acid bass", .note),
  ]

  /// Whether the parts keep an instrument from playing a kind.
  static func holds(_ instrument: String, _ kind: PhraseKind) -> Bool {
    all.contains { $0.instrument == instrument && $0.kind == kind }
  }
}
