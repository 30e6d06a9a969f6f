import Music

/// Composes one phrase: picks a kind, a time, a key, instruments, and writes their parts.
struct PhraseComposer {
  var random: CorpusRandom
  /// No phrase is longer.
  let maximumSeconds: Double
  /// No phrase is of another kind.
  let kinds: Set<PhraseKind>
  /// Who plays phrases of one instrument.
  var soloists = InstrumentCatalogue.all
  var repertoire = Repertoire.first
  /// Whether it composes what corpora leave out, and nothing else.
  var composesHeldOut = false

  init(seed: UInt64, index: Int, maximumSeconds: Double, kinds: Set<PhraseKind>) {
    precondition(!kinds.isEmpty, "A phrase of no kind cannot be composed")
    precondition(maximumSeconds >= 3, "Phrases of whole bars need at least 3 s, not \(maximumSeconds)")
    self.random = CorpusRandom(seed: seed, index: index)
    self.maximumSeconds = maximumSeconds
    self.kinds = kinds
  }

  mutating func compose() -> Composition {
    var result = drawn()
    result.repertoire = repertoire
    return result
  }

  private mutating func drawn() -> Composition {
    if composesHeldOut { return solo() }
    let able = repertoire.forces.filter { PhraseKind.byForces[$0.0, default: []].contains(where: kinds.contains) }
    return switch random.pick(weighted: able) {
    case .solo: solo()
    case .drums: drums()
    case .ensemble: ensemble()
    }
  }

  private mutating func solo() -> Composition {
    let instrument = soloist()
    return switch soloKind(of: instrument) {
    case .chord: chord(on: instrument)
    case .progression: progression(on: instrument)
    case .arpeggio: arpeggio(on: instrument)
    case .melody: melody(on: instrument)
    case .riff: riff(on: instrument)
    case .bassLine: bassLine(on: instrument)
    default: note(on: instrument)
    }
  }

  private mutating func drums() -> Composition {
    switch random.pick(weighted: PhraseKind.drumWeights.filter { kinds.contains($0.0) }) {
    case .drumHit: drumHit()
    case .drumFill: drumFill()
    default: drumPattern()
    }
  }

  /// The instrument comes before what it plays, or those that suit few kinds would be heard seldom; common ones come more
  /// often than rare ones, but only by the fourth root of their weights: a model is worst at what it hears least. Families
  /// whose members are hard to tell apart are heard more.
  private mutating func soloist() -> Instrument {
    random.pick(
      weighted: soloists.filter { !solos(of: $0).isEmpty }.map { instrument in
        (instrument, instrument.weight.squareRoot().squareRoot() * (instrument.family.isSubtle ? 1.5 : 1))
      })
  }

  private mutating func soloKind(of instrument: Instrument) -> PhraseKind {
    random.pick(weighted: solos(of: instrument))
  }

  /// What an instrument may play by itself.
  func solos(of instrument: Instrument) -> [(PhraseKind, Double)] {
    let uses = repertoire.uses(of: instrument)
    return PhraseKind.solos.filter { solo in
      guard kinds.contains(solo.kind) else { return false }
      let isHeldOut = repertoire == .world && HeldOutCombination.holds(instrument.name, solo.kind)
      return composesHeldOut ? isHeldOut : uses.contains(solo.use) && !isHeldOut
    }.map { ($0.kind, $0.weight) }
  }

  // MARK: What every kind draws

  mutating func dynamics() -> Composition.Dynamics {
    random.pick(weighted: [(.soft, 0.24), (.medium, 0.5), (.loud, 0.26)])
  }

  mutating func tempo() -> Int {
    let range = random.pick(weighted: [(60...82, 0.3), (84...118, 0.42), (120...176, 0.28)])
    return random.integer(range)
  }

  mutating func key(_ modes: [(Key.Mode, Double)] = [(.major, 4), (.minor, 4), (.dorian, 1), (.mixolydian, 1)]) -> Key {
    Key(tonic: PitchClass(random.integer(0...11)), mode: random.pick(weighted: modes))
  }

  /// Whole bars near a length drawn from the corpus's lengths: mostly 3 to 6 s, one in seven up to 12 s.
  ///
  /// A groove needs two bars to be one, so with `isGroove` a lone bar is a last resort.
  mutating func frame(
    tempo: Int, timeSignature: TimeSignature = .common, swing: Swing = .straight, isGroove: Bool = false
  ) -> PhraseFrame {
    let wanted = random.chance(0.85) ? random.uniform(3, 6) : random.uniform(6, 12)
    let beats = timeSignature.quartersPerBar
    let limit = min(maximumSeconds, 12)
    // A tempo whose single bar is already too long is raised to fit.
    let tempo = max(tempo, Int((60 * beats / limit).rounded(.up)))
    let barSeconds = 60 * beats / Double(tempo)
    let leastSeconds = isGroove && 2 * barSeconds <= min(limit, 7) ? 2 * barSeconds : 2
    let options = [1, 2, 3, 4, 6, 8].filter { bars in
      let seconds = Double(bars) * barSeconds
      return seconds <= limit + 1e-9 && seconds >= leastSeconds - 1e-9 && (bars != 3 || barSeconds < 2)
    }
    func distance(_ bars: Int) -> Double { abs(Double(bars) * barSeconds - wanted) }
    let bars = options.min { distance($0) < distance($1) } ?? 1
    return PhraseFrame(
      tempo: tempo, timeSignature: timeSignature, bars: bars, swing: swing,
      isCompound: repertoire == .world && timeSignature.isCompound)
  }

  /// Part of an instrument's range for chords or a line to live in, `width` semitones or more where there is room.
  mutating func register(of instrument: Instrument, width: Int, within limits: ClosedRange<Int> = 0...127)
    -> ClosedRange<Int>
  {
    let low = max(instrument.range.lowerBound, limits.lowerBound)
    let high = min(instrument.range.upperBound, limits.upperBound)
    guard low <= high else { return instrument.range }
    guard high - low > width else { return low...high }
    let start = random.integer(low...high - width)
    return start...start + width
  }

  mutating func articulation(for instrument: Instrument) -> Composition.Articulation? {
    guard instrument.articulates else { return nil }
    if repertoire == .world { return random.pick(weighted: [(nil, 0.5), (.staccato, 0.25), (.legato, 0.25)]) }
    return random.pick(weighted: [(nil, 0.6), (.staccato, 0.2), (.legato, instrument.decays ? 0.05 : 0.2)])
  }

  func performance(
    _ instrument: Instrument, frame: PhraseFrame, lengthBeats: Double? = nil, dynamics: Composition.Dynamics,
    articulation: Composition.Articulation? = nil, channel: Int = 0
  ) -> Performance {
    var performance = Performance(
      frame: frame, lengthBeats: lengthBeats ?? frame.lengthBeats, dynamics: dynamics, channel: channel)
    performance.gate = articulation?.gate ?? 0.92
    performance.loosenessSeconds = [.lead, .pad].contains(instrument.family) ? 0.001 : 0.006
    performance.leastSeconds = instrument.decays && !instrument.articulates ? 0.9 : 0
    if repertoire == .world { performance.articulate(articulation) }
    return performance
  }

  /// A phrase of one instrument, whose harmony and figure are still to be named.
  mutating func solo(
    _ kind: PhraseKind, _ strokes: [Stroke], on instrument: Instrument, _ performance: Performance,
    articulation: Composition.Articulation? = nil
  ) -> Composition {
    let notes = performance.notes(strokes, random: &random)
    var result = Self.phrase(kind, [.init(player: player(instrument), role: .solo, notes: notes)], performance)
    result.articulation = articulation
    return result
  }

  /// A phrase of one instrument, played as its articulation has it.
  mutating func solo(
    _ kind: PhraseKind, _ strokes: [Stroke], on instrument: Instrument, frame: PhraseFrame,
    dynamics: Composition.Dynamics, articulation: Composition.Articulation? = nil
  ) -> Composition {
    let performance = performance(instrument, frame: frame, dynamics: dynamics, articulation: articulation)
    return solo(kind, strokes, on: instrument, performance, articulation: articulation)
  }

  /// A phrase of drums alone.
  mutating func drums(_ kind: PhraseKind, _ strokes: [Stroke], on kit: DrumKit, _ performance: Performance)
    -> Composition
  {
    Self.phrase(kind, [drumPart(strokes, on: kit, performance)], performance)
  }

  private static func phrase(_ kind: PhraseKind, _ parts: [Composition.Part], _ performance: Performance) -> Composition
  {
    var result = Composition(
      kind: kind, frame: performance.frame, parts: parts, lengthBeats: performance.lengthBeats)
    result.dynamics = performance.dynamics
    return result
  }

  mutating func player(_ instrument: Instrument) -> Composition.Player {
    .instrument(instrument, program: random.pick(instrument.programs))
  }
}
