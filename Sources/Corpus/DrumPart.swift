import Music

/// Writes drum parts: a groove that goes round, a crash to begin with, a fill to end with.
struct DrumPart {
  let frame: PhraseFrame
  /// What fills are played on; nil for what is drawn.
  var fillVoices: [DrumVoice]?

  func groove(_ groove: DrumStyle.Groove, opensWithCrash: Bool, endsWithFill: Bool, random: inout CorpusRandom)
    -> [Stroke]
  {
    var strokes: [Stroke] = []
    let fillStart = frame.lengthBeats - (frame.beatsPerBar == 4 ? 2 : 1)
    for (voice, steps) in groove {
      let pattern = StepPattern(steps, beatsPerBar: frame.beatsPerBar)
      for bar in 0..<frame.bars {
        for strike in pattern.strikes(inBar: bar, beatsPerBar: frame.beatsPerBar) {
          let beat = Double(bar) * frame.beatsPerBar + strike.beat
          if endsWithFill && beat >= fillStart && voice != .kick { continue }
          strokes.append(stroke(voice, at: beat, accent: StepPattern.accent(strike.symbol)))
        }
      }
    }
    // One pair of cymbals cannot be open and closed at once.
    let opened = Set(strokes.filter { $0.key == DrumVoice.openHat.rawValue }.map(\.beat))
    strokes.removeAll { $0.key == DrumVoice.closedHat.rawValue && opened.contains($0.beat) }
    if opensWithCrash { strokes.append(stroke(.crash, at: 0, accent: 8)) }
    if endsWithFill { strokes += fill(from: fillStart, to: frame.lengthBeats, random: &random) }
    return strokes
  }

  /// Snare and toms, from high to low.
  func fill(from start: Double, to end: Double, random: inout CorpusRandom) -> [Stroke] {
    let rhythm = random.pick(["xxxxxxxx", "x.xxx.xx", "xxx.xxx.", "x.x.xxxx", "xx.xx.xx"])
    let drawn: [DrumVoice] = random.pick([
      [.snare, .highTom, .midTom, .lowTom], [.snare, .snare, .highTom, .lowTom],
      [.highTom, .highMidTom, .midTom, .lowTom],
      [.snare],
    ])
    let voices = fillVoices ?? drawn
    var strokes: [Stroke] = []
    var beat = start
    while beat < end - 0.01 {
      for (index, symbol) in rhythm.enumerated() where symbol == "x" {
        let position = beat + Double(index) * 0.25
        guard position < end - 0.01 else { break }
        let progress = (position - start) / (end - start)
        let voice = voices[min(Int(progress * Double(voices.count)), voices.count - 1)]
        strokes.append(stroke(voice, at: position, accent: Int(10 * progress)))
      }
      beat += 2
    }
    return strokes
  }

  /// A fill alone: bars of it, ending on a crash on the last beat.
  func soloFill(random: inout CorpusRandom) -> [Stroke] {
    let end = frame.lengthBeats - 1
    var strokes: [Stroke] = []
    for start in stride(from: 0.0, to: end, by: 2) {
      strokes += fill(from: start, to: min(start + 2, end), random: &random)
    }
    return strokes + [stroke(.crash, at: end, accent: 10), stroke(.kick, at: end, accent: 10)]
  }

  /// How a song ends: cymbal and kick on the first beat.
  func lastStroke() -> [Stroke] { [stroke(.crash, at: 0, accent: 10), stroke(.kick, at: 0, accent: 10)] }

  private func stroke(_ voice: DrumVoice, at beat: Double, accent: Int) -> Stroke {
    let rings = voice == .crash || voice == .openHat || voice == .ride
    return Stroke(beat: beat, durationBeats: rings ? 1 : 0.25, key: voice.rawValue, accent: accent)
  }
}
