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

  /// - Precondition: there is at least one.
  public init(spans: [Span]) {
    precondition(!spans.isEmpty, "a chord chart without chords")
    self.spans = spans
  }

  /// Reads chords between blanks or commas.
  ///
  /// Chords are names (`Chord.init(name:)`), and with a key also roman numerals and Nashville numbers
  /// (`Chord.init(degree:key:)`). Without bar lines each lasts `beatsPerChord`; between bar lines (`|`) those of a bar
  /// share it evenly. `%` is the chord before it once more, `N.C.` none.
  ///
  /// - Parameters:
  ///   - key: what numerals and numbers count from.
  ///   - beatsPerChord: quarter notes that a chord lasts in a chart without bar lines; a bar, unless said.
  /// - Throws: ``ChordChartError`` with the chord that is not understood.
  /// - Precondition: `beatsPerChord` is positive.
  public init(
    _ text: String, key: Key? = nil, beatsPerChord: Double? = nil, timeSignature: TimeSignature = .common
  ) throws(ChordChartError) {
    let barBeats = timeSignature.quartersPerBar
    let hasBars = text.contains("|")
    var spans: [Span] = []
    for bar in text.split(separator: "|") {
      let words = bar.split { $0.isWhitespace || ",;".contains($0) }.filter { !$0.allSatisfy(Self.isSeparator) }
      let beats = hasBars ? barBeats / Double(words.count) : beatsPerChord ?? barBeats
      for word in words {
        let chord = try Self.chord(String(word), key: key, after: spans)
        spans.append(Span(chord: chord, beats: beats))
      }
    }
    guard !spans.isEmpty else { throw .empty }
    self.init(spans: spans)
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

  /// Dashes, arrows and repeat dots between chords say nothing.
  private static func isSeparator(_ character: Character) -> Bool { "-–—>→:".contains(character) }

  private static func chord(_ word: String, key: Key?, after spans: [Span]) throws(ChordChartError) -> Chord? {
    let place = spans.count + 1
    if word == "%" {
      guard let last = spans.last else { throw .nothingToRepeat(place: place) }
      return last.chord
    }
    if ["N.C.", "NC", "N.C"].contains(word.uppercased()) { return nil }
    // "b7" is B7 in lower case, but the seventh degree, flattened, to who gives a key.
    if let key, word.first == "b", let chord = Chord(degree: word, key: key) { return chord }
    if let chord = Chord(name: word) { return chord }
    if let key, let chord = Chord(degree: word, key: key) { return chord }
    if key == nil, Chord(degree: word, key: Key(tonic: PitchClass(0), mode: .major)) != nil {
      throw .needsKey(chord: word, place: place)
    }
    throw .notUnderstood(chord: word, place: place)
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
    case .needsKey(let chord, let place): "chord \(place), \"\(chord)\", is a degree of a key, and there is no key"
    case .nothingToRepeat(let place): "chord \(place) repeats the one before it, and there is none"
    }
  }
}
