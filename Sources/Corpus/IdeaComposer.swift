public import Music

/// Composes ideas by the corpus's rules: a progression of the style, voicings that lead, a melody with a direction.
///
/// Tempo, harmony, chords and melody each draw from a source of their own, so that what a brief settles does not change
/// what it leaves open: the same seed at another tempo is the same music.
public struct IdeaComposer: Sendable {
  let brief: IdeaBrief
  let words: IdeaWords
  let style: EnsembleStyle?
  /// Beats in a bar of what it composes.
  public let timeSignature: TimeSignature

  /// - Precondition: the brief has no problem.
  public init(_ brief: IdeaBrief) {
    precondition(brief.problem == nil, brief.problem ?? "")
    self.brief = brief
    words = IdeaWords(brief.text)
    style = words.style
    timeSignature = brief.timeSignature ?? style?.timeSignature ?? .common
  }

  /// The idea of a seed.
  /// - Parameter hasBand: whether it gets stems: chords, lead, bass and drums. Chords and melody are the same without.
  public func compose(seed: UInt64, hasBand: Bool = false) -> Idea {
    let tempo = brief.tempo ?? drawnTempo(seed)
    let frame = frame(tempo: tempo)
    let (key, harmony) = harmony(frame: frame, seed: seed)
    let chord = instrument(seed)
    let parts = IdeaParts(
      frame: frame, key: key, harmony: harmony, style: style, instrument: chord.instrument,
      isSlow: isSlow(tempo))
    var (chordRandom, melodyRandom) = (CorpusRandom(seed: seed, index: 3), CorpusRandom(seed: seed, index: 4))
    let comping = parts.chords(random: &chordRandom)
    let (melody, contour) = parts.melody(random: &melodyRandom)
    let chart = ChordChart(spans: harmony.map { .init(chord: $0.chord, beats: $0.durationBeats) })
    let prompt = chord.chosen.map { "\($0), \(brief.text)" } ?? brief.text
    let band = IdeaBand(
      frame: frame, harmony: harmony, style: style, chords: chord.instrument, text: brief.text, seed: seed)
    return Idea(
      key: key, tempo: tempo, bars: frame.bars, timeSignature: timeSignature, chords: chart, contour: contour,
      prompt: prompt, chosenInstrument: chord.chosen,
      midi: Self.midi(
        title: prompt, tempo: tempo, frame: frame, key: key, chart: chart,
        program: chord.instrument.programs[0], chords: comping, melody: melody),
      stems: hasBand ? band.stems(chords: comping, melody: melody) : [])
  }

  func isSlow(_ tempo: Double) -> Bool { tempo < 84 || !words.tempos.filter { $0.upperBound < 100 }.isEmpty }

  // MARK: Time

  func drawnTempo(_ seed: UInt64) -> Double {
    var random = CorpusRandom(seed: seed, index: 0)
    var range = style?.tempos ?? words.tempos.first ?? 72...132
    for mood in words.tempos where mood.overlaps(range) { range = range.clamped(to: mood) }
    return Double(random.integer(range))
  }

  /// Four bars, or as many as the brief's chords; eight where four would be over at once.
  func frame(tempo: Double) -> PhraseFrame {
    let beats = timeSignature.quartersPerBar
    var bars = 4 * beats * 60 / tempo < 6 ? 8 : 4
    if let chart = brief.chart { bars = max(1, Int((chart.lengthBeats / beats).rounded(.up))) }
    // A whole number of beats a minute does for what is laid out on the grid.
    return PhraseFrame(
      tempo: Int(tempo.rounded()), timeSignature: timeSignature, bars: brief.bars ?? min(bars, 64),
      swing: style?.swing ?? .straight)
  }

  // MARK: Harmony

  func harmony(frame: PhraseFrame, seed: UInt64) -> (key: Key, harmony: [ChordSpan]) {
    var random = CorpusRandom(seed: seed, index: 1)
    let progression = random.pick(weighted: progressions().map { ($0, $0.numerals.count > 2 ? 3 : 1) })
    let tonic = PitchClass(random.integer(0...11))
    if let chart = brief.chart {
      let key = brief.key ?? Self.key(of: chart.spans.compactMap(\.chord))
      return (key, Self.layOut(chart, over: frame))
    }
    let key = brief.key ?? Key(tonic: tonic, mode: progression.mode)
    return (key, Progression.layOut(progression.chords(tonic: key.tonic), over: frame))
  }

  /// What to choose from: the style's, as far as they are in a mode that is asked for; and others where those are few.
  func progressions() -> [Progression] {
    let own = style?.progressions ?? ProgressionCatalogue.pop + ProgressionCatalogue.soul
    let modes = brief.key.map { [$0.mode] } ?? words.modes
    var pool = own.filter { modes?.contains($0.mode) ?? true }
    if pool.count < Self.fewestProgressions {
      pool += ProgressionCatalogue.all.filter {
        modes?.contains($0.mode) ?? true && $0.numerals.count > 1 && !pool.contains($0)
      }
    }
    return pool.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static let fewestProgressions = 4

  /// The chart going round until the frame is full.
  static func layOut(_ chart: ChordChart, over frame: PhraseFrame) -> [ChordSpan] {
    var spans: [ChordSpan] = []
    var beat = 0.0
    for index in 0... {
      let span = chart.spans[index % chart.spans.count]
      let beats = min(span.beats, frame.lengthBeats - beat)
      guard beats > 1e-9 else { break }
      // What prompts name are chords, each of them; a stretch without one would keep the last.
      if let chord = span.chord { spans.append(ChordSpan(chord: chord, startBeats: beat, durationBeats: beats)) }
      beat += beats
    }
    return spans
  }

  /// The major or minor key that has the most of the chords' tones; of equal ones that of the first chord's root.
  static func key(of chords: [Chord]) -> Key {
    let tones = chords.flatMap(\.pitchClasses)
    let roots = (chords.first.map { [$0.root] } ?? []) + (0..<12).map { PitchClass($0) }
    let keys = roots.flatMap { root in [Key.Mode.major, .minor].map { Key(tonic: root, mode: $0) } }
    func fit(_ key: Key) -> Int {
      let isHome = chords.first.map { $0.pitchClasses.contains(key.pitchClasses[2]) && $0.root == key.tonic } ?? false
      return 2 * tones.filter(key.contains).count + (isHome ? 1 : 0)
    }
    return keys.reduce(keys[0]) { fit($1) > fit($0) ? $1 : $0 }
  }

  // MARK: Sound

  /// The brief's instrument, or one that fits the style, with the words that it is chosen by.
  func instrument(_ seed: UInt64) -> (instrument: Instrument, chosen: String?) {
    if let named = words.instrument { return (named, nil) }
    var random = CorpusRandom(seed: seed, index: 2)
    let fitting = (style?.chords?.instruments ?? []).map(InstrumentCatalogue.named)
      .filter { $0.uses.contains(.progression) && !PhraseComposer.isDistorted($0) }
    let instrument = random.pick(fitting.isEmpty ? Self.usual.map(InstrumentCatalogue.named) : fitting)
    return (instrument, ([instrument.tones.first].compactMap(\.self) + [instrument.name]).joined(separator: " "))
  }

  private static let usual = ["electric piano", "piano", "nylon guitar", "vibraphone", "organ", "string ensemble"]

  static func midi(
    title: String, tempo: Double, frame: PhraseFrame, key: Key, chart: ChordChart, program: Int,
    chords: [NoteEvent], melody: [NoteEvent]
  ) -> MIDIFile {
    func track(_ name: String, _ channel: Int, _ notes: [NoteEvent]) -> MIDIFile.Track {
      .init(name: name, programs: [.init(channel: channel, program: program)], notes: notes)
    }
    return MIDIFile(
      title: title,
      tempos: [.init(beat: 0, microsecondsPerQuarter: Tempo(beatsPerMinute: tempo).microsecondsPerQuarter)],
      timeSignatures: [.init(beat: 0, timeSignature: frame.timeSignature)],
      keySignatures: [.init(beat: 0, key: key)], markers: Idea.changes(of: chart, in: key),
      tracks: [
        track("chords", IdeaParts.chordChannel, chords), track("melody", IdeaParts.melodyChannel, melody),
      ], lengthBeats: frame.lengthBeats)
  }
}
