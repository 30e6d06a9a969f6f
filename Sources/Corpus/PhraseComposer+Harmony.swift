import Music

extension PhraseComposer {
  /// One note, short or held, in a frame of a single bar of its own length.
  mutating func note(on instrument: Instrument) -> Composition {
    let dynamics = dynamics()
    let frame = PhraseFrame(tempo: 120, timeSignature: .common, bars: 1)
    let lengthBeats = Double(random.integer(4...16)) / 2
    var articulation: Composition.Articulation?
    if instrument.articulates && random.chance(0.25) { articulation = .staccato }
    let held = articulation == .staccato ? 0.2 : lengthBeats * random.uniform(0.7, 0.95)
    let stroke = Stroke(beat: 0, durationBeats: held, key: random.integer(instrument.range))
    var performance = performance(instrument, frame: frame, lengthBeats: lengthBeats, dynamics: dynamics)
    performance.gate = 1
    return solo(.note, [stroke], on: instrument, performance, articulation: articulation)
  }

  /// One chord, held.
  mutating func chord(on instrument: Instrument) -> Composition {
    let isStab = repertoire == .world && stabs(instrument) && random.chance(0.25)
    let dynamics = dynamics()
    let frame = PhraseFrame(tempo: 120, timeSignature: .common, bars: 1)
    let lengthBeats = Double(random.integer(4...16)) / 2
    let quality: Chord.Quality =
      Self.isDistorted(instrument)
      ? .power
      : random.pick(weighted: [
        (.major, 5), (.minor, 5), (.dominantSeventh, 2), (.majorSeventh, 2), (.minorSeventh, 2.5),
        (.suspendedFourth, 1),
        (.suspendedSecond, 0.7), (.diminished, 0.8), (.augmented, 0.6), (.addNinth, 0.8), (.minorNinth, 0.5),
        (.majorNinth, 0.5), (.halfDiminished, 0.4), (.sixth, 0.4),
      ])
    let chord = Chord(root: PitchClass(random.integer(0...11)), quality: quality)
    let span = ChordSpan(chord: chord, startBeats: 0, durationBeats: lengthBeats)
    let part = chordPart(instrument, frame: frame, harmony: [span])
    var performance = performance(instrument, frame: frame, lengthBeats: lengthBeats, dynamics: dynamics)
    var articulation: Composition.Articulation?
    if instrument.articulates && random.chance(0.18) { articulation = .staccato }
    performance.gate = articulation == .staccato ? 0.25 / lengthBeats : random.uniform(0.75, 0.95)
    if isStab { (articulation, performance.gate) = (nil, 2 * random.uniform(0.09, 0.24) / lengthBeats) }
    var result = solo(.chord, part.held(), on: instrument, performance, articulation: articulation)
    result.figure = isStab ? "stab" : nil
    result.chords = [span]
    return result
  }

  mutating func progression(on instrument: Instrument) -> Composition {
    let dynamics = dynamics()
    let (style, pool) = progressionPool(for: instrument)
    let frame = frame(tempo: tempo(), timeSignature: metre(), swing: .straight)
    let (key, harmony) = harmony(from: pool, frame: frame, instrument: instrument)
    let part = chordPart(instrument, frame: frame, harmony: harmony)
    if repertoire == .world {
      var result = worldProgression(part, on: instrument, frame: frame, dynamics: dynamics, key: key, harmony: harmony)
      result.style = style
      return result
    }
    var articulation: Composition.Articulation?
    let strokes: [Stroke]
    if instrument.family == .pad || random.chance(0.4) {
      strokes = part.held()
    } else {
      let pattern = random.pick([
        "x---x---x---x---", "x-------x-------", "x--x--x-x--x--x-", "x---x-x---x-x---", "x-x-x-x-x-x-x-x-",
        "x-----x---x-----", "..x...x...x...x.",
      ])
      strokes = part.struck(pattern: pattern)
      articulation = self.articulation(for: instrument)
    }
    var result = solo(
      .progression, strokes, on: instrument, frame: frame, dynamics: dynamics, articulation: articulation)
    result.key = key
    result.chords = harmony
    result.style = style
    return result
  }

  mutating func arpeggio(on instrument: Instrument) -> Composition {
    let isPicked = repertoire == .world && Self.isPicked(instrument) && random.chance(0.5)
    let dynamics = dynamics()
    let pool = random.chance(0.3) ? nil : random.pick([ProgressionCatalogue.pop, ProgressionCatalogue.cinematic])
    let frame = frame(tempo: tempo(), timeSignature: metre())
    let plain = [
      Progression(.major, "I"), Progression(.minor, "i"), Progression(.minor, "i7"), Progression(.major, "Imaj7"),
    ]
    let (key, harmony) = harmony(from: pool ?? plain, frame: frame, instrument: instrument)
    if isPicked {
      return picking(on: instrument, frame: frame, dynamics: dynamics, key: key, harmony: harmony)
    }
    let kind = random.pick(ChordPart.Arpeggio.allCases)
    let step: Double
    if repertoire == .world {
      step = random.pick(weighted: WorldPatterns.arpeggioSteps(frame))
    } else {
      step = frame.tempo < 90 && random.chance(0.6) ? 0.25 : random.pick(weighted: [(0.5, 5), (0.25, 2), (1.0 / 3, 1)])
    }
    let part = chordPart(instrument, frame: frame, harmony: harmony)
    let rings = instrument.decays && random.chance(0.45)
    let strokes = part.arpeggiated(kind, stepBeats: step, isWide: random.chance(0.4), rings: rings)
    let articulation = rings ? nil : self.articulation(for: instrument)
    var result = solo(
      .arpeggio, strokes, on: instrument, frame: frame, dynamics: dynamics, articulation: articulation)
    result.key = key
    result.chords = harmony
    result.figure = kind.rawValue
    return result
  }

  // MARK: Shared

  static func isDistorted(_ instrument: Instrument) -> Bool {
    ["distortion guitar", "overdriven guitar"].contains(instrument.name)
  }

  mutating func chordPart(_ instrument: Instrument, frame: PhraseFrame, harmony: [ChordSpan]) -> ChordPart {
    let isGuitar = instrument.family == .guitar
    let limits = isGuitar ? 40...72 : 45...84
    let range = register(of: instrument, width: isGuitar ? 26 : 22, within: limits)
    let voicing = Voicing(range: range, isOpen: isGuitar || random.chance(0.25))
    var part = ChordPart(frame: frame, harmony: harmony, voicing: voicing)
    if isGuitar || instrument.name == "harp" { part.strumSeconds = random.uniform(0.008, 0.022) }
    return part
  }

  /// A key and the chords of one of `pool` laid over the frame; power chords where distortion would blur thirds.
  mutating func harmony(
    from pool: [Progression], frame: PhraseFrame, instrument: Instrument
  ) -> (key: Key, harmony: [ChordSpan]) {
    let progression = random.pick(pool)
    let key = Key(tonic: PitchClass(random.integer(0...11)), mode: progression.mode)
    var chords = progression.chords(tonic: key.tonic)
    if Self.isDistorted(instrument) { chords = chords.map { Chord(root: $0.root, quality: .power) } }
    return (key, Progression.layOut(chords, over: frame))
  }

  private mutating func progressionPool(for instrument: Instrument) -> (style: String?, pool: [Progression]) {
    if Self.isDistorted(instrument) { return ("rock", ProgressionCatalogue.rock) }
    let jazzes: Set<Instrument.Family> = [.keys, .guitar, .organ]
    let swings = jazzes.contains(instrument.family) || instrument.name == "vibraphone"
    var choices: [((String?, [Progression]), Double)] = [
      ((nil, ProgressionCatalogue.pop), 6), ((nil, ProgressionCatalogue.modal), 1.5),
      (("cinematic", ProgressionCatalogue.cinematic), 1),
    ]
    if swings {
      choices += [
        (("jazz", ProgressionCatalogue.jazz), 2), (("soul", ProgressionCatalogue.soul), 2),
        (("blues", ProgressionCatalogue.blues), 1),
      ]
    }
    let (style, pool) = random.pick(weighted: choices)
    // A label that only the chords bear out is told less often than not.
    return (style == "cinematic" && instrument.family == .keys ? nil : style, pool)
  }
}
