import Music

/// Writes an idea's two parts: chords and the melody over them, on the grid, so that they can be worked on.
struct IdeaParts {
  let frame: PhraseFrame
  let key: Key
  let harmony: [ChordSpan]
  let style: EnsembleStyle?
  let instrument: Instrument
  let isSlow: Bool
  /// How much is played; nil for what is drawn.
  var character: SectionCharacter?

  static let chordChannel = 0
  static let melodyChannel = 1

  func chords(random: inout CorpusRandom) -> [NoteEvent] {
    let range = range(within: 48...72, atLeast: 16)
    let part = ChordPart(
      frame: frame, harmony: harmony, voicing: Voicing(range: range, isOpen: random.chance(0.25)))
    let strokes: [Stroke]
    switch character?.pattern(patterns, random: &random) ?? random.pick(patterns) {
    case "hold": strokes = part.held()
    case "arpeggio":
      let order = random.pick(ChordPart.Arpeggio.allCases)
      strokes = part.arpeggiated(order, stepBeats: 0.5, isWide: false, rings: instrument.decays)
    case let pattern: strokes = part.struck(pattern: pattern)
    }
    return notes(strokes, channel: Self.chordChannel, random: &random)
  }

  func melody(random: inout CorpusRandom) -> (notes: [NoteEvent], contour: String?) {
    let drawn = random.pick(weighted: densities)
    let density = character?.density(drawn, tempo: frame.tempo) ?? drawn
    let low = random.integer(64...69)
    let melodist = Melodist(
      key: key, frame: frame, harmony: harmony, range: range(within: low...low + 15, atLeast: 11), density: density)
    let strokes = melodist.strokes(random: &random)
    return (notes(strokes, channel: Self.melodyChannel, random: &random), Melodist.contour(of: strokes))
  }

  /// The last chord, held for its bar.
  func lastChord(random: inout CorpusRandom) -> [NoteEvent] {
    let part = ChordPart(
      frame: frame, harmony: harmony, voicing: Voicing(range: range(within: 48...72, atLeast: 16), isOpen: false))
    return notes(part.held(), channel: Self.chordChannel, random: &random)
  }

  /// The melody's last note: the tone of the last chord that is nearest to the note before.
  func lastNote(after key: Int, random: inout CorpusRandom) -> [NoteEvent] {
    let tones = harmony[0].chord.pitchClasses
    let near = (key - 6...key + 6).filter { tones.contains(PitchClass($0)) }.min { abs($0 - key) < abs($1 - key) }
    let stroke = Stroke(beat: 0, durationBeats: frame.lengthBeats, key: near ?? key, accent: 4)
    return notes([stroke], channel: Self.melodyChannel, random: &random)
  }

  /// The rhythms of the style in its own metre, or a few that fit anything.
  private var patterns: [String] {
    if let style, style.timeSignature == frame.timeSignature, let own = style.chords?.patterns, !own.isEmpty {
      return own
    }
    if frame.timeSignature == TimeSignature(3, 4) {
      return ["hold", "hold", "arpeggio", "x-----------", "....x-..x-.."]
    }
    return ["hold", "hold", "arpeggio", "x---x---x---x---", "x-------x-------", "x-----x---x-----"]
  }

  private var densities: [(Melodist.Density, Double)] {
    if let style { return [(style.leadDensity, 2), (.medium, 1)] }
    return isSlow ? [(.sparse, 2), (.medium, 2)] : [(.sparse, 1), (.medium, 4), (.busy, frame.tempo < 112 ? 1 : 0)]
  }

  /// Where the instrument can play of `wanted`; all of it where it hardly can, as only the notes' names are rendered.
  private func range(within wanted: ClosedRange<Int>, atLeast width: Int) -> ClosedRange<Int> {
    guard instrument.range.overlaps(wanted) else { return wanted }
    let common = wanted.clamped(to: instrument.range)
    return common.count >= width ? common : wanted
  }

  private func notes(_ strokes: [Stroke], channel: Int, random: inout CorpusRandom) -> [NoteEvent] {
    var performance = Performance(frame: frame, lengthBeats: frame.lengthBeats, dynamics: .medium, channel: channel)
    performance.loosenessSeconds = 0
    return performance.notes(strokes, random: &random)
  }
}
