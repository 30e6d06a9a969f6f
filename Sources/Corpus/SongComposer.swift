import Music

/// One song on its way.
struct SongComposer {
  let composer: IdeaComposer
  let form: SongForm
  let seed: UInt64
  let tempo: Double
  let key: Key
  let instrument: (instrument: Instrument, chosen: String?)
  /// Bars of a section where nothing is said.
  let usualBars: Int

  init(composer: IdeaComposer, form: SongForm, seed: UInt64) {
    (self.composer, self.form, self.seed) = (composer, form, seed)
    tempo = composer.brief.tempo ?? composer.drawnTempo(seed)
    let frame = composer.frame(tempo: tempo)
    usualBars = frame.bars
    let given = form.sections.compactMap(\.chords).flatMap(\.spans).compactMap(\.chord)
    let asked = composer.brief.key ?? (given.isEmpty ? nil : IdeaComposer.key(of: given))
    key = asked ?? composer.harmony(frame: frame, seed: seed).key
    instrument = composer.instrument(seed)
  }

  private func frame(bars: Int) -> PhraseFrame {
    var frame = composer.frame(tempo: tempo)
    frame.bars = bars
    return frame
  }

  /// What is composed once, and played wherever its name stands.
  private struct Kind {
    let name: String
    let band: IdeaBand
    let chords: [NoteEvent]
    let melody: [NoteEvent]
    let contour: String?
    let bass: IdeaStem
  }

  func compose() -> Idea {
    var song = SongNotes(beatsPerBar: composer.timeSignature.quartersPerBar)
    var last: Kind?
    let kinds = kinds()
    for (place, section) in form.sections.enumerated() {
      guard let kind = kinds.first(where: { $0.name == section.name }) else { continue }
      let bars = section.bars ?? usualBars
      let drums = drums(of: kind, bars: bars, place: place)
      let melody = SectionCharacter.hasLead(section: section.name) ? kind.melody : []
      song.append(
        section.name, bars: bars, harmony: kind.band.harmony, key: key,
        [.drums: drums, .bass: kind.bass.notes, .chords: kind.chords, .lead: melody])
      last = kind
    }
    if form.hasEnding, let last { end(&song, after: last) }
    return idea(song, kinds)
  }

  // MARK: Sections

  private func kinds() -> [Kind] {
    var kinds: [Kind] = []
    var used: [[Chord]] = []
    for section in form.sections where !kinds.contains(where: { $0.name == section.name }) {
      let same = form.sections.filter { $0.name == section.name }
      let frame = frame(bars: same.map { $0.bars ?? usualBars }.max() ?? usualBars)
      let own = seed &+ UInt64(kinds.count) &* 0x9E37_79B9_7F4A_7C15
      let harmony = harmony(same.compactMap(\.chords).first, frame, seed: own, isFirst: kinds.isEmpty, avoiding: used)
      used.append(harmony.map(\.chord))
      kinds.append(kind(section.name, frame, harmony, seed: own))
    }
    return kinds
  }

  private func harmony(
    _ given: ChordChart?, _ frame: PhraseFrame, seed own: UInt64, isFirst: Bool, avoiding used: [[Chord]]
  ) -> [ChordSpan] {
    if let given, given.spans.contains(where: { $0.chord != nil }) { return IdeaComposer.layOut(given, over: frame) }
    let isDrawn = composer.brief.key != nil || composer.brief.chart != nil
    if isFirst, isDrawn || form.sections.allSatisfy({ $0.chords == nil }) {
      return composer.harmony(frame: frame, seed: seed).harmony
    }
    var random = CorpusRandom(seed: own, index: 1)
    let inMode = (composer.progressions() + ProgressionCatalogue.all)
      .filter { $0.mode == key.mode && $0.numerals.count > 1 }
    let laidOut = inMode.map { Progression.layOut($0.chords(tonic: key.tonic), over: frame) }
    // Other chords, at best from the first on.
    let others = laidOut.filter { spans in !used.contains { $0 == spans.map(\.chord) } }
    let distinct = others.filter { spans in !used.contains { $0.prefix(4) == spans.map(\.chord).prefix(4) } }
    if !others.isEmpty { return random.pick(distinct.isEmpty ? others : distinct) }
    // A mode with one progression: from its end to its beginning.
    let only = random.pick(laidOut)
    return zip(only, only.reversed()).map { span, other in
      var span = span
      span.chord = other.chord
      return span
    }
  }

  private func kind(_ name: String, _ frame: PhraseFrame, _ harmony: [ChordSpan], seed own: UInt64) -> Kind {
    let character = SectionCharacter(section: name)
    let parts = IdeaParts(
      frame: frame, key: key, harmony: harmony, style: composer.style, instrument: instrument.instrument,
      isSlow: composer.isSlow(tempo), character: own == seed && character == .usual ? nil : character)
    var (chordRandom, melodyRandom) = (CorpusRandom(seed: own, index: 3), CorpusRandom(seed: own, index: 4))
    let band = IdeaBand(
      frame: frame, harmony: harmony, style: composer.style, chords: instrument.instrument, text: composer.brief.text,
      seed: seed, section: .init(character: character, seed: own))
    let (melody, contour) = parts.melody(random: &melodyRandom)
    return Kind(
      name: name, band: band, chords: parts.chords(random: &chordRandom), melody: melody, contour: contour,
      bass: band.bass())
  }

  /// The groove is that of the section's name, the fill its place's own. What comes behind a fill begins with a cymbal.
  private func drums(of kind: Kind, bars: Int, place: Int) -> [NoteEvent] {
    var band = kind.band
    band.frame.bars = bars
    let leads = form.hasEnding || place + 1 < form.sections.count
    let fill = leads ? CorpusRandom(seed: seed &+ UInt64(place), index: 8) : nil
    return band.drums(opensWithCrash: place > 0, fill: fill).notes
  }

  // MARK: The end

  /// A bar of the tonic.
  private func end(_ song: inout SongNotes, after last: Kind) {
    let frame = frame(bars: 1)
    let chord = Chord(root: key.tonic, quality: key.mode.hasMinorThird ? .minor : .major)
    let harmony = [ChordSpan(chord: chord, startBeats: 0, durationBeats: frame.lengthBeats)]
    var (band, random) = (last.band, CorpusRandom(seed: seed, index: 9))
    (band.frame, band.harmony) = (frame, harmony)
    let parts = IdeaParts(
      frame: frame, key: key, harmony: harmony, style: composer.style, instrument: instrument.instrument, isSlow: true)
    let chords = parts.lastChord(random: &random)
    let before = SectionCharacter.hasLead(section: last.name) ? song.notes[.lead]?.last : nil
    song.append(
      "ending", bars: 1, harmony: harmony, key: key,
      [
        .drums: band.lastDrums().notes, .bass: band.bass(isLast: true).notes, .chords: chords,
        .lead: before.map { parts.lastNote(after: $0.key, random: &random) } ?? [],
      ])
  }

  private func idea(_ song: SongNotes, _ kinds: [Kind]) -> Idea {
    let prompt = instrument.chosen.map { "\($0), \(composer.brief.text)" } ?? composer.brief.text
    let chart = ChordChart(spans: song.harmony.map { .init(chord: $0.chord, beats: $0.durationBeats) })
    let notes = { (role: IdeaStem.Role) in song.notes[role] ?? [] }
    let band = kinds[0].band
    var (drums, bass) = (band.drums(opensWithCrash: false, fill: nil), kinds[0].bass)
    (drums.notes, bass.notes) = (notes(.drums), notes(.bass))
    let stems = [drums, bass, band.chordStem(notes(.chords)), band.lead(notes(.lead))]
    return Idea(
      key: key, tempo: tempo, bars: song.bars, timeSignature: composer.timeSignature, chords: chart,
      contour: kinds[0].contour, prompt: prompt, chosenInstrument: instrument.chosen,
      midi: IdeaComposer.midi(
        title: prompt, tempo: tempo, frame: frame(bars: song.bars), key: key, chart: chart,
        program: instrument.instrument.programs[0], chords: notes(.chords), melody: notes(.lead)),
      stems: stems.filter { !$0.notes.isEmpty }, sections: song.sections)
  }
}
