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
}

extension Composition {
  var labels: ClipLabels {
    let facts = PhraseFacts(composition: self)
    let names = parts.map(\.player.name)
    return ClipLabels(
      kind: kind, instrument: kind == .ensemble ? "ensemble" : names.first ?? "drums", instruments: names,
      family: kind == .ensemble ? "ensemble" : instrument?.family.rawValue ?? "drums", style: style, key: key?.name,
      tempo: hasPulse ? frame.tempo : nil, timeSignature: hasPulse ? frame.timeSignature.name : nil,
      bars: hasPulse ? frame.bars : nil,
      chords: chords.map { span in
        .init(
          name: facts.name(of: span), startSeconds: Self.rounded(span.startBeats * frame.secondsPerBeat),
          endSeconds: Self.rounded((span.startBeats + span.durationBeats) * frame.secondsPerBeat))
      }, dynamics: dynamics.rawValue, articulation: articulation?.rawValue, seconds: Self.rounded(seconds))
  }

  /// Milliseconds are enough for a label, and print short.
  private static func rounded(_ seconds: Double) -> Double { (seconds * 1000).rounded() / 1000 }
}
