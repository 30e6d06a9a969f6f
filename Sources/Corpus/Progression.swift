import Music

/// A chord sounding over a stretch of a phrase.
struct ChordSpan: Sendable, Equatable {
  var chord: Chord
  var startBeats: Double
  var durationBeats: Double
}

/// A chord progression in roman numerals over the major scale's degrees: "i bVI bIII bVII", "ii7 V7 Imaj7".
struct Progression: Sendable, Equatable {
  let mode: Key.Mode
  let numerals: [String]

  init(_ mode: Key.Mode, _ numerals: String) {
    self.mode = mode
    self.numerals = numerals.split(separator: " ").map(String.init)
  }

  func chords(tonic: PitchClass) -> [Chord] {
    numerals.map { Self.chord($0, tonic: tonic) }
  }

  private static let degrees = ["VII": 11, "VI": 9, "IV": 5, "V": 7, "III": 4, "II": 2, "I": 0]
  private static let degreeOrder = ["VII", "VI", "IV", "V", "III", "II", "I"]

  /// - Precondition: a well-formed numeral; they come from this module's own tables, which a test reads through.
  static func chord(_ numeral: String, tonic: PitchClass) -> Chord {
    var rest = numeral[...]
    var semitones = 0
    if rest.hasPrefix("b") {
      semitones = -1
      rest = rest.dropFirst()
    }
    guard let degree = degreeOrder.first(where: { rest.uppercased().hasPrefix($0) }), let offset = degrees[degree]
    else {
      preconditionFailure("\(numeral) is no roman numeral")
    }
    let isMinor = rest.prefix(degree.count) == degree.lowercased()
    let suffix = String(rest.dropFirst(degree.count))
    let name = isMinor && !suffix.hasPrefix("dim") && !suffix.hasPrefix("m") ? "m" + suffix : suffix
    guard let quality = Chord.Quality(rawValue: name) else { preconditionFailure("\(numeral) has no such chord") }
    return Chord(root: PitchClass(tonic.value + offset + semitones), quality: quality)
  }

  /// Lays the chords over a frame, a bar each, or two or half a bar each where the phrase is long or short.
  static func layOut(_ chords: [Chord], over frame: PhraseFrame) -> [ChordSpan] {
    var barsPerChord = 1.0
    if frame.bars >= 2 * chords.count && chords.count > 1 {
      barsPerChord = 2
    } else if frame.bars < chords.count
      && (frame.timeSignature == .common || frame.isCompound && frame.beatsPerBar == 6)
    {
      barsPerChord = frame.bars * 2 < chords.count && frame.secondsPerBeat > 0.7 ? 0.25 : 0.5
    }
    let length = frame.beatsPerBar * barsPerChord
    let count = Int((frame.lengthBeats / length).rounded())
    return (0..<count).map { index in
      ChordSpan(chord: chords[index % chords.count], startBeats: Double(index) * length, durationBeats: length)
    }
  }
}
