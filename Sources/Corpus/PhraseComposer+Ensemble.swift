import Music

extension PhraseComposer {
  mutating func ensemble() -> Composition {
    let style = random.pick(repertoire.ensembleStyles)
    let frame = frame(
      tempo: random.integer(style.tempos), timeSignature: style.timeSignature, swing: style.swing, isGroove: true)
    let progression = random.pick(style.progressions)
    let key = Key(tonic: PitchClass(random.integer(0...11)), mode: progression.mode)
    let dynamics = random.pick(weighted: [(Composition.Dynamics.soft, 0.15), (.medium, 0.6), (.loud, 0.25)])
    var chords = progression.chords(tonic: key.tonic)

    let present = presentLayers(of: style)
    let chordInstrument =
      present.contains(.chords) ? style.chords.map { instrument(of: $0, playing: [.chord, .progression]) } : nil
    if let chordInstrument, Self.isDistorted(chordInstrument) {
      chords = chords.map { Chord(root: $0.root, quality: .power) }
    }
    let harmony = Progression.layOut(chords, over: frame)
    var parts: [Composition.Part] = []
    if present.contains(.drums), let drums = style.drums {
      let drumStyle = repertoire.drumStyle(named: random.pick(drums.instruments))
      parts.append(drumPart(drumStyle, kit: random.pick(drumStyle.kits), frame: frame, dynamics: dynamics))
    }
    if present.contains(.bass), let bass = style.bass {
      parts.append(bassPart(bass, style: style, frame: frame, harmony: harmony, dynamics: dynamics))
    }
    if let chordInstrument, let layer = style.chords {
      parts.append(
        compingPart(chordInstrument, layer: layer, style: style, frame: frame, harmony: harmony, dynamics: dynamics))
    }
    if present.contains(.lead), let instrument = leadInstrument(of: style, otherThan: chordInstrument) {
      parts.append(leadPart(instrument, style: style, frame: frame, key: key, harmony: harmony, dynamics: dynamics))
    }
    var result = Composition(kind: .ensemble, frame: frame, parts: Self.onChannels(parts))
    result.dynamics = dynamics
    result.key = key
    result.chords = chordInstrument == nil ? [] : harmony
    result.style = style.name
    return result
  }

  /// Who plays this time: at least two of them.
  private mutating func presentLayers(of style: EnsembleStyle) -> Set<Composition.Role> {
    var present: Set<Composition.Role> = []
    let layers: [(Composition.Role, EnsembleStyle.Layer?)] = [
      (.drums, style.drums), (.bass, style.bass), (.chords, style.chords), (.lead, style.lead),
    ]
    for (role, layer) in layers {
      guard let layer else { continue }
      if random.chance(role == .lead ? layer.presence : layer.presence * 0.94) { present.insert(role) }
    }
    return present.count >= 2 ? present : [.bass, .chords, style.drums == nil ? .lead : .drums]
  }

  private mutating func instrument(of layer: EnsembleStyle.Layer, playing kinds: [PhraseKind]) -> Instrument {
    InstrumentCatalogue.named(random.pick(names(of: layer, playing: kinds)))
  }

  /// Those of a layer that may play the kinds: nobody plays in a band what is held out.
  private func names(of layer: EnsembleStyle.Layer, playing kinds: [PhraseKind]) -> [String] {
    guard repertoire == .world else { return layer.instruments }
    return layer.instruments.filter { name in !kinds.contains { HeldOutCombination.holds(name, $0) } }
  }

  /// A lead that is heard apart from the chords: never the same instrument.
  private mutating func leadInstrument(of style: EnsembleStyle, otherThan chords: Instrument?) -> Instrument? {
    let names = style.lead.map { self.names(of: $0, playing: [.melody]).filter { $0 != chords?.name } } ?? []
    return names.isEmpty ? nil : InstrumentCatalogue.named(random.pick(names))
  }

  private mutating func perform(
    _ strokes: [Stroke], on instrument: Instrument, role: Composition.Role, style: EnsembleStyle, frame: PhraseFrame,
    dynamics: Composition.Dynamics
  ) -> Composition.Part {
    var performance = performance(instrument, frame: frame, dynamics: dynamics)
    if style.isProgrammed { performance.loosenessSeconds = 0 }
    let notes = performance.notes(strokes, random: &random)
    return .init(player: player(instrument), role: role, notes: notes)
  }

  private mutating func bassPart(
    _ layer: EnsembleStyle.Layer, style: EnsembleStyle, frame: PhraseFrame, harmony: [ChordSpan],
    dynamics: Composition.Dynamics
  ) -> Composition.Part {
    let instrument = instrument(of: layer, playing: [.bassLine])
    let line = BassLine(frame: frame, harmony: harmony, range: Self.bassRange(of: instrument))
    let strokes = line.strokes(pattern: random.pick(layer.patterns), random: &random)
    return perform(strokes, on: instrument, role: .bass, style: style, frame: frame, dynamics: dynamics)
  }

  private mutating func compingPart(
    _ instrument: Instrument, layer: EnsembleStyle.Layer, style: EnsembleStyle, frame: PhraseFrame,
    harmony: [ChordSpan], dynamics: Composition.Dynamics
  ) -> Composition.Part {
    let part = chordPart(instrument, frame: frame, harmony: harmony)
    var strokes: [Stroke]
    let broken = ["arpeggio", "picked"]
    let isHeldOut = HeldOutCombination.holds(instrument.name, .arpeggio) && repertoire == .world
    switch random.pick(isHeldOut ? layer.patterns.filter { !broken.contains($0) } : layer.patterns) {
    case "hold": strokes = part.held()
    case "picked":
      strokes = part.picked(pattern: random.pick(WorldPatterns.picking(in: frame.timeSignature)))
    case "stabs":
      strokes = part.struck(pattern: random.pick(WorldPatterns.stabs(in: frame.timeSignature)))
      for index in strokes.indices { strokes[index].durationBeats = min(strokes[index].durationBeats, 0.2) }
    case "arpeggio":
      let step = frame.tempo < 84 ? 0.25 : 0.5
      let order = random.pick(ChordPart.Arpeggio.allCases)
      strokes = part.arpeggiated(order, stepBeats: step, isWide: false, rings: instrument.decays)
    case let pattern: strokes = part.struck(pattern: pattern)
    }
    return perform(strokes, on: instrument, role: .chords, style: style, frame: frame, dynamics: dynamics)
  }

  private mutating func leadPart(
    _ instrument: Instrument, style: EnsembleStyle, frame: PhraseFrame, key: Key, harmony: [ChordSpan],
    dynamics: Composition.Dynamics
  ) -> Composition.Part {
    let range = register(of: instrument, width: 15, within: 52...90)
    let melodist = Melodist(key: key, frame: frame, harmony: harmony, range: range, density: style.leadDensity)
    let strokes = melodist.strokes(random: &random)
    return perform(strokes, on: instrument, role: .lead, style: style, frame: frame, dynamics: dynamics)
  }

  /// Gives each melodic part a channel of its own.
  private static func onChannels(_ parts: [Composition.Part]) -> [Composition.Part] {
    var result = parts
    var channel = 0
    for index in parts.indices where parts[index].role != .drums {
      for note in result[index].notes.indices { result[index].notes[note].channel = channel }
      channel += 1
    }
    return result
  }
}
