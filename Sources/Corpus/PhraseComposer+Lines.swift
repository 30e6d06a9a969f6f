import Music

extension PhraseComposer {
  mutating func melody(on instrument: Instrument) -> Composition {
    let dynamics = dynamics()
    let timeSignature =
      repertoire == .world ? metre() : random.chance(0.1) ? TimeSignature(3, 4) : .common
    let frame = frame(tempo: tempo(), timeSignature: timeSignature)
    let key = key()
    let pool = ProgressionCatalogue.all.filter { $0.mode == key.mode && $0.numerals.count >= 2 }
    let chords = random.pick(pool).chords(tonic: key.tonic)
    let density: Melodist.Density
    switch instrument.family {
    case .strings where instrument.uses.contains(.chord), .voice, .pad:
      density = random.pick([.sparse, .sparse, .medium])
    default:
      density = random.pick(weighted: [(.sparse, 2), (.medium, 5), (.busy, frame.tempo < 112 ? 2.5 : 0.3)])
    }
    let range = register(of: instrument, width: random.integer(11...17), within: 30...98)
    let melodist = Melodist(
      key: key, frame: frame, harmony: Progression.layOut(chords, over: frame), range: range, density: density)
    let strokes = melodist.strokes(random: &random)
    let articulation = articulation(for: instrument)
    var result = solo(
      .melody, strokes, on: instrument, frame: frame, dynamics: dynamics, articulation: articulation)
    result.key = key
    result.figure = Melodist.contour(of: strokes)
    return result
  }

  mutating func riff(on instrument: Instrument) -> Composition {
    let dynamics = random.chance(0.8) ? random.pick([.medium, .loud]) : Composition.Dynamics.soft
    let frame = frame(tempo: random.integer(76...150), timeSignature: metre(), isGroove: true)
    let key = key([(.minor, 5), (.major, 2), (.dorian, 2), (.mixolydian, 1.5)])
    let range = register(of: instrument, width: 19, within: 28...86)
    let own = repertoire == .world ? WorldPatterns.riffs(in: frame.timeSignature) : nil
    let strokes = Riff(key: key, frame: frame, range: range, ownRhythms: own).strokes(random: &random)
    let articulation = articulation(for: instrument)
    var result = solo(
      .riff, strokes, on: instrument, frame: frame, dynamics: dynamics, articulation: articulation)
    result.key = key
    return result
  }

  mutating func bassLine(on instrument: Instrument) -> Composition {
    let dynamics = dynamics()
    let metre = metre()
    let patterns = repertoire == .world ? WorldPatterns.bass(in: metre) : BassLine.soloPatterns
    let (name, pattern) = random.pick(patterns)
    let isWalking = pattern == "walk"
    let tempo = isWalking ? random.integer(96...168) : tempo()
    let frame = frame(tempo: tempo, timeSignature: metre)
    let pool: [Progression]
    switch name {
    case "walking": pool = ProgressionCatalogue.jazz + ProgressionCatalogue.blues
    case "funky": pool = ProgressionCatalogue.funk
    case "reggae": pool = ProgressionCatalogue.reggae
    case "bossa nova": pool = ProgressionCatalogue.jazz
    default: pool = ProgressionCatalogue.pop + ProgressionCatalogue.modal
    }
    let (key, harmony) = harmony(from: pool, frame: frame, instrument: instrument)
    let line = BassLine(frame: frame, harmony: harmony, range: Self.bassRange(of: instrument))
    let strokes = line.strokes(pattern: pattern, random: &random)
    let articulation = repertoire == .world && !isWalking ? self.articulation(for: instrument) : nil
    var result = solo(
      .bassLine, strokes, on: instrument, frame: frame, dynamics: dynamics, articulation: articulation)
    result.key = key
    result.chords = harmony
    result.figure = name
    return result
  }

  /// Two octaves from the bottom, where basses live.
  static func bassRange(of instrument: Instrument) -> ClosedRange<Int> {
    instrument.range.lowerBound...min(instrument.range.upperBound, instrument.range.lowerBound + 24)
  }
}
