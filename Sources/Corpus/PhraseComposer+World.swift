import Music

/// What part `music` has beside what all parts have.
extension PhraseComposer {
  /// A metre, drawn where there is a choice.
  mutating func metre() -> TimeSignature {
    repertoire == .world ? random.pick(weighted: WorldPatterns.metres) : .common
  }

  /// Whether chords on it can be so short that they are strokes.
  func stabs(_ instrument: Instrument) -> Bool {
    ![.pad, .mallets, .world, .voice].contains(instrument.family) && instrument.articulates
  }

  /// Whether it is played with the fingers of one hand.
  static func isPicked(_ instrument: Instrument) -> Bool {
    ["nylon guitar", "acoustic guitar", "clean electric guitar", "jazz guitar", "banjo"].contains(instrument.name)
  }

  mutating func worldProgression(
    _ part: ChordPart, on instrument: Instrument, frame: PhraseFrame, dynamics: Composition.Dynamics, key: Key,
    harmony: [ChordSpan]
  ) -> Composition {
    var articulation: Composition.Articulation?
    var strokes: [Stroke]
    var figure: String?
    var performance = performance(instrument, frame: frame, dynamics: dynamics)
    if instrument.family == .pad || random.chance(0.35) {
      strokes = part.held()
    } else if stabs(instrument), random.chance(0.25) {
      strokes = part.struck(pattern: random.pick(WorldPatterns.stabs(in: frame.timeSignature)))
      figure = "stabs"
      performance.mostSeconds = random.uniform(0.09, 0.22)
    } else {
      strokes = part.struck(pattern: random.pick(WorldPatterns.chords(in: frame.timeSignature)))
      articulation = self.articulation(for: instrument)
      performance = self.performance(instrument, frame: frame, dynamics: dynamics, articulation: articulation)
    }
    var result = solo(.progression, strokes, on: instrument, performance, articulation: articulation)
    result.key = key
    result.chords = harmony
    result.figure = figure
    return result
  }

  /// A pattern of thumb and fingers.
  mutating func picking(
    on instrument: Instrument, frame: PhraseFrame, dynamics: Composition.Dynamics, key: Key, harmony: [ChordSpan]
  ) -> Composition {
    var part = chordPart(instrument, frame: frame, harmony: harmony)
    part.strumSeconds = 0
    let strokes = part.picked(pattern: random.pick(WorldPatterns.picking(in: frame.timeSignature)))
    var performance = performance(instrument, frame: frame, dynamics: dynamics)
    performance.gate = 1
    var result = solo(.arpeggio, strokes, on: instrument, performance)
    result.key = key
    result.chords = harmony
    result.figure = "fingerpicked"
    return result
  }

  /// A fill, a build, or how drums end.
  mutating func worldFill() -> Composition {
    var figure = random.pick(weighted: [(nil, 0.45), ("build", 0.3), ("ending", 0.25)])
    let metre = random.pick(weighted: [(TimeSignature.common, 5), (WorldPatterns.sixEight, 1)])
    let long = frame(tempo: random.integer(84...160), timeSignature: metre, isGroove: figure != nil)
    if figure == "ending", long.bars < 2 { figure = nil }
    let isEnding = figure == "ending"
    var frame = long
    if figure == nil { frame.bars = min(long.bars, 2) }
    // An ending has a bar that leads to it.
    if isEnding { frame.bars = min(long.bars, 4) }
    let dynamics = random.pick([Composition.Dynamics.medium, .loud])
    let kit = random.pick(repertoire.fillKits)
    let part = DrumPart(frame: frame)
    let strokes: [Stroke]
    switch figure {
    case "build": strokes = part.build(on: random.pick([.snare, .snare, .clap, .lowTom]), hasKick: random.chance(0.5))
    case "ending":
      let styles = repertoire.drumStyles.filter { $0.timeSignature == metre && $0.takesFills && $0.swing.isStraight }
      let groove = random.pick(random.pick(styles).grooves)
      strokes = part.ending(
        part.groove(groove, opensWithCrash: false, endsWithFill: false, random: &random), random: &random)
    default: strokes = part.soloFill(random: &random)
    }
    let performance = Performance(
      frame: frame, lengthBeats: frame.lengthBeats, dynamics: dynamics, channel: GeneralMIDI.percussionChannel)
    var result = drums(.drumFill, strokes, on: kit, performance)
    result.figure = figure
    return result
  }
}
