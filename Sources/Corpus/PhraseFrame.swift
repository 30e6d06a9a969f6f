import Music

/// The time a phrase is laid out in.
struct PhraseFrame: Sendable, Equatable {
  /// Quarter notes a minute.
  var tempo: Int
  var timeSignature: TimeSignature
  var bars: Int
  var swing = Swing.straight
  /// Whether a beat is felt every three eighths.
  var isCompound = false

  var beatsPerBar: Double { timeSignature.quartersPerBar }
  var lengthBeats: Double { Double(bars) * beatsPerBar }
  var secondsPerBeat: Double { 60 / Double(tempo) }
  var seconds: Double { lengthBeats * secondsPerBeat }
}

/// How far the second of each pair of short notes is delayed.
struct Swing: Sendable, Equatable {
  /// The short note's nominal length in quarter notes: 0.5 or 0.25.
  var unitBeats: Double
  /// The share of a pair that its first note takes; 0.5 is straight, 2/3 a triplet feel.
  var ratio: Double

  static let straight = Swing(unitBeats: 0.5, ratio: 0.5)
  static let triplet = Swing(unitBeats: 0.5, ratio: 2.0 / 3)
  static let laidBack = Swing(unitBeats: 0.25, ratio: 0.58)

  var isStraight: Bool { ratio == 0.5 }

  /// A position of the even grid as it is played.
  func swung(_ beat: Double) -> Double {
    guard !isStraight else { return beat }
    let pair = (beat / (2 * unitBeats)).rounded(.down)
    let within = beat / (2 * unitBeats) - pair
    let delayed = within < 0.5 ? within * 2 * ratio : ratio + (within - 0.5) * 2 * (1 - ratio)
    return (pair + delayed) * 2 * unitBeats
  }
}
