import Music

/// How a small band plays a style: who is in it and what each of them does.
struct EnsembleStyle: Sendable {
  /// One part: the instruments that may play it, the step patterns to choose from, how often it is there.
  ///
  /// Bass patterns follow ``BassLine``; chord patterns are struck as written, or "arpeggio", or "hold".
  struct Layer: Sendable {
    var instruments: [String]
    var patterns: [String]
    var presence: Double

    init(_ instruments: [String], _ patterns: [String] = [], presence: Double = 1) {
      self.instruments = instruments
      self.patterns = patterns
      self.presence = presence
    }
  }

  var name: String
  var aliases: [String] = []
  var tempos: ClosedRange<Int>
  var timeSignature = TimeSignature.common
  var swing = Swing.straight
  var progressions: [Progression]
  /// The name of a ``DrumStyle``.
  var drums: Layer?
  var bass: Layer?
  var chords: Layer?
  var lead: Layer?
  var leadDensity = Melodist.Density.medium
  var isProgrammed = false

  static let all = bandStyles + otherStyles
}
