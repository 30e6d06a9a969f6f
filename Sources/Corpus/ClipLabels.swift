import Music

/// What is known of a clip because it was composed: exact, where analysis could only guess.
public struct ClipLabels: Codable, Equatable, Sendable {
  public struct ChordLabel: Codable, Equatable, Sendable {
    public var name: String
    public var startSeconds: Double
    public var endSeconds: Double
  }

  public var kind: PhraseKind
  /// The canonical name of the instrument that plays, "drums", or "ensemble".
  public var instrument: String
  /// Everyone who plays.
  public var instruments: [String]
  public var family: String
  public var style: String?
  /// For example "A minor"; absent where no key is heard.
  public var key: String?
  /// Quarter notes a minute; absent for single notes, chords and hits.
  public var tempo: Int?
  public var timeSignature: String?
  public var bars: Int?
  public var chords: [ChordLabel]
  public var dynamics: String
  public var articulation: String?
  public var seconds: Double
  /// The instrument of the orchestras that a synthesizer is.
  public var synthesis: String?
  /// A sound's category in the Universal Category System.
  public var ucs: String?
  /// How often a sound is heard, one after another; absent where it is heard once.
  public var count: Int?
  /// The room and the effect that it is heard in.
  public var room: String?
  public var effect: String?
  /// The numbers that made a synthesizer's note or a sound, by their names.
  public var values: [String: Double]?
  /// Which of several soundfonts is heard.
  public var soundfont: String?
}

extension Composition {
  var labels: ClipLabels {
    let facts = PhraseFacts(composition: self)
    let names = parts.map(\.player.name)
    var labels = ClipLabels(
      kind: kind, instrument: kind == .ensemble ? "ensemble" : names.first ?? "drums", instruments: names,
      family: kind == .ensemble ? "ensemble" : instrument?.family.rawValue ?? "drums", style: style, key: key?.name,
      tempo: hasPulse ? frame.tempo : nil, timeSignature: hasPulse ? frame.timeSignature.name : nil,
      bars: hasPulse ? frame.bars : nil,
      chords: chords.map { span in
        .init(
          name: facts.name(of: span), startSeconds: Self.rounded(span.startBeats * frame.secondsPerBeat),
          endSeconds: Self.rounded((span.startBeats + span.durationBeats) * frame.secondsPerBeat))
      }, dynamics: dynamics.rawValue, articulation: articulation?.rawValue, seconds: Self.rounded(seconds))
    labels.synthesis = patch?.family.instrument
    labels.room = patch?.finish?.room ?? staging?.finish.room
    labels.effect = patch?.finish?.effect ?? staging?.finish.effect
    if let staging, staging.machine == nil || parts.count > 1 { labels.soundfont = staging.soundfont.rawValue }
    labels.values = patch.map { DrawnParameter.labels($0.parameters) }
    return labels
  }

  /// Milliseconds are enough for a label, and print short.
  private static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}
