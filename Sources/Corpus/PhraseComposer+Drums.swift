import Music

extension PhraseComposer {
  mutating func drumHit() -> Composition {
    let voice = random.pick(DrumVoice.allCases)
    let dynamics = dynamics()
    let frame = PhraseFrame(tempo: 120, timeSignature: .common, bars: 1)
    let lengthBeats = Double(random.integer(2...5))
    let kit = random.pick(repertoire.hitKits)
    let performance = Performance(
      frame: frame, lengthBeats: lengthBeats, dynamics: dynamics, channel: GeneralMIDI.percussionChannel)
    let stroke = Stroke(beat: 0, durationBeats: 1, key: voice.rawValue)
    var result = drums(.drumHit, [stroke], on: kit, performance)
    result.drum = voice
    return result
  }

  mutating func drumPattern() -> Composition {
    let style = random.pick(repertoire.drumStyles)
    let frame = frame(
      tempo: random.integer(style.tempos), timeSignature: style.timeSignature, swing: style.swing, isGroove: true)
    let dynamics = random.pick(weighted: [(Composition.Dynamics.soft, 0.15), (.medium, 0.55), (.loud, 0.3)])
    let kit = random.pick(style.kits)
    let part = drumPart(style, kit: kit, frame: frame, dynamics: dynamics)
    var result = Composition(kind: .drumPattern, frame: frame, parts: [part])
    result.dynamics = dynamics
    result.style = style.name
    return result
  }

  mutating func drumFill() -> Composition {
    if repertoire == .world { return worldFill() }
    let frame = frame(tempo: random.integer(84...160))
    let short = PhraseFrame(tempo: frame.tempo, timeSignature: .common, bars: min(frame.bars, 2))
    let dynamics = random.pick([Composition.Dynamics.medium, .loud])
    let kit = random.pick(repertoire.fillKits)
    let strokes = DrumPart(frame: short).soloFill(random: &random)
    let performance = Performance(
      frame: short, lengthBeats: short.lengthBeats, dynamics: dynamics, channel: GeneralMIDI.percussionChannel)
    return drums(.drumFill, strokes, on: kit, performance)
  }

  mutating func drumPart(
    _ style: DrumStyle, kit: DrumKit, frame: PhraseFrame, dynamics: Composition.Dynamics
  ) -> Composition.Part {
    // Patterns in triplets swing as written, so a drummer keeps to the style's own feel.
    var drumFrame = frame
    drumFrame.swing = style.swing
    var groove = random.pick(style.grooves)
    if repertoire == .world {
      groove = GrooveVariation(groove: groove, timeSignature: style.timeSignature).drawn(&random)
    }
    let strokes = DrumPart(frame: drumFrame).groove(
      groove, opensWithCrash: style.takesFills && random.chance(0.2),
      endsWithFill: style.takesFills && frame.bars >= 2 && random.chance(0.3), random: &random)
    var performance = Performance(
      frame: drumFrame, lengthBeats: frame.lengthBeats, dynamics: dynamics, channel: GeneralMIDI.percussionChannel)
    performance.loosenessSeconds = kit == .electronic || kit.isMachine ? 0 : 0.004
    return drumPart(strokes, on: kit, performance)
  }

  mutating func drumPart(_ strokes: [Stroke], on kit: DrumKit, _ performance: Performance) -> Composition.Part {
    .init(player: .kit(kit), role: .drums, notes: performance.notes(strokes, random: &random))
  }
}
