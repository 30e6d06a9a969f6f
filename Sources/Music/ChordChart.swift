/// Chords one after the other, each over some quarter notes: "Am F C G", "Am | F C | G", "ii7 V7 Imaj7".
///
/// A chart goes round: after its last chord comes its first.
public struct ChordChart: Hashable, Sendable {
  /// A chord and how long it sounds.
  public struct Span: Hashable, Sendable {
    /// Nil for a stretch without one ("N.C.").
    public let chord: Chord?
    /// In quarter notes.
    public let beats: Double

    /// - Precondition: it lasts more than 0 quarter notes.
    public init(chord: Chord?, beats: Double) {
      precondition(beats > 0 && beats.isFinite, "a chord over \(beats) beats")
      self.chord = chord
      self.beats = beats
    }
  }

  public let spans: [Span]
  /// What its text calls the chords' roots.
  public let notation: ChordNotation

  /// - Precondition: there is at least one.
  public init(spans: [Span]) { self.init(spans: spans, notation: .english) }

  init(spans: [Span], notation: ChordNotation) {
    precondition(!spans.isEmpty, "a chord chart without chords")
    (self.spans, self.notation) = (spans, notation)
  }

  /// The length of the chart, in quarter notes.
  public var lengthBeats: Double { spans.reduce(0) { $0 + $1.beats } }

  /// The place among `spans` of what sounds at a quarter note; a chord begins where the one before it ends.
  func index(atBeat beat: Double) -> Int {
    let length = lengthBeats
    // A hair before a chord's beginning is on it.
    var rest = beat + 1e-9 - ((beat + 1e-9) / length).rounded(.down) * length
    for (index, span) in spans.enumerated() {
      if rest < span.beats { return index }
      rest -= span.beats
    }
    return spans.count - 1
  }
}

/// Why a chord chart could not be read. Places count chords from 1.
public enum ChordChartError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is no chord in it.
  case empty
  /// A word is no chord, neither by name nor by number.
  case notUnderstood(chord: String, place: Int)
  /// A chord is a roman numeral or a Nashville number, which means nothing without a key.
  case needsKey(chord: String, place: Int)
  /// A repeat sign with nothing before it.
  case nothingToRepeat(place: Int)

  public var description: String {
    switch self {
    case .empty: "a chord chart without chords"
    case .notUnderstood(let chord, let place): "chord \(place), \"\(chord)\", is not understood"
    case .needsKey(let chord, let place):
      "chord \(place), \"\(chord)\", is a degree of a key, and there is no key: say one, \"A minor\""
    case .nothingToRepeat(let place): "chord \(place) repeats the one before it, and there is none"
    }
  }
}
