public import Music

/// A chord progression and a melody over it.
public struct Idea: Sendable, Equatable {
  public let key: Key
  /// Quarter notes a minute.
  public let tempo: Double
  public let bars: Int
  public let timeSignature: TimeSignature
  /// The chords, as long as the idea together.
  public let chords: ChordChart
  /// "rising" or "falling" where the melody plainly does one of them.
  public let contour: String?
  /// What the idea should sound like, with an instrument in it.
  public let prompt: String
  /// The instrument that was chosen, where the brief named none.
  public let chosenInstrument: String?
  /// Chords and melody on tracks of their own, with tempo, metre, key signature, and the chords' names as markers.
  public let midi: MIDIFile
  /// What each player of a band plays, as long as the idea; none unless it was composed with a band.
  public internal(set) var stems: [IdeaStem] = []
  /// The sections of its form, in order; none where it has no form.
  public internal(set) var sections: [Section] = []

  /// A part of a form.
  public struct Section: Sendable, Equatable {
    /// "A", "verse"; "ending" for the bar that ends the song.
    public let name: String
    public let firstBar: Int
    public let bars: Int
    /// As `Idea.chordNames` has them.
    public let chordNames: [String]

    /// Its bars, counted from 0.
    public var barRange: Range<Int> { firstBar..<firstBar + bars }
  }

  /// The idea with some of its stems.
  public func keeping(_ roles: [IdeaStem.Role]) -> Idea {
    var idea = self
    idea.stems = stems.filter { roles.contains($0.role) }
    return idea
  }

  /// The idea as all stems play it, a track each, with its tempo, metre, key and the names of sections and chords.
  public var score: MIDIFile {
    var score = midi
    score.tracks = stems.map(\.track)
    let beatsPerBar = timeSignature.quartersPerBar
    let names = sections.map { MIDIFile.Marker(beat: Double($0.firstBar) * beatsPerBar, text: $0.name) }
    score.markers = (names + midi.markers).sorted { $0.beat < $1.beat }
    return score
  }

  /// One stem of it alone.
  public func score(of stem: IdeaStem) -> MIDIFile {
    var score = midi
    score.tracks = [stem.track]
    return score
  }

  /// Exact length in seconds.
  public var seconds: Double {
    Bars(Double(bars), tempo: Tempo(beatsPerMinute: tempo), timeSignature: timeSignature).seconds
  }

  /// The chords' names in order, spelt as in the key, without repeats in a row.
  public var chordNames: [String] { Self.changes(of: chords, in: key).map(\.text) }

  /// Where another chord begins, and its name.
  static func changes(of chart: ChordChart, in key: Key) -> [MIDIFile.Marker] {
    var changes: [MIDIFile.Marker] = []
    var beat = 0.0
    for span in chart.spans {
      let name = span.chord?.name(preferringFlats: key.prefersFlats) ?? "N.C."
      if changes.last?.text != name { changes.append(.init(beat: beat, text: name)) }
      beat += span.beats
    }
    return changes
  }
}
