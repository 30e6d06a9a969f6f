import Music

/// Writes drum parts: a groove that goes round, a crash to begin with, a fill to end with.
struct DrumPart {
  let frame: PhraseFrame
  /// What fills are played on; nil for what is drawn.
  var fillVoices: [DrumVoice]?

  /// How long the fill at the end of a groove is.
  private var fillBeats: Double { frame.isCompound ? frame.beatsPerBar / 2 : frame.beatsPerBar == 4 ? 2 : 1 }

  func groove(_ groove: DrumStyle.Groove, opensWithCrash: Bool, endsWithFill: Bool, random: inout CorpusRandom)
    -> [Stroke]
  {
    var strokes: [Stroke] = []
    let fillStart = frame.lengthBeats - fillBeats
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
    // Two beats in sixteenths; of compound metres one beat.
    let rhythm = random.pick(
      frame.isCompound
        ? ["xxxxxx", "x.x.xx", "x.xxxx", "x.x.x.", "xxx.x."]
        : ["xxxxxxxx", "x.xxx.xx", "xxx.xxx.", "x.x.xxxx", "xx.xx.xx"])
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
      beat += frame.isCompound ? 1.5 : 2
    }
    return strokes
  }

  /// A fill alone: bars of it, ending on a crash on the last beat.
  func soloFill(random: inout CorpusRandom) -> [Stroke] {
    let (end, step) = frame.isCompound ? (frame.lengthBeats - 1.5, 1.5) : (frame.lengthBeats - 1, 2)
    var strokes: [Stroke] = []
    for start in stride(from: 0.0, to: end, by: step) {
      strokes += fill(from: start, to: min(start + step, end), random: &random)
    }
    return strokes + [stroke(.crash, at: end, accent: 10), stroke(.kick, at: end, accent: 10)]
  }

  /// How a song ends: cymbal and kick on the first beat.
  func lastStroke() -> [Stroke] { [stroke(.crash, at: 0, accent: 10), stroke(.kick, at: 0, accent: 10)] }

  /// Bars of strokes that come ever faster and louder.
  /// - Parameter hasKick: whether the kick goes on beneath.
  func build(on voice: DrumVoice, hasKick: Bool) -> [Stroke] {
    let pulse = frame.isCompound ? 1.5 : 1
    // Beats between strokes, by quarters of the whole.
    let steps = frame.isCompound ? [1.5, 0.5, 0.25, 0.25] : [1, 0.5, 0.25, frame.tempo < 110 ? 0.125 : 0.25]
    var strokes: [Stroke] = []
    var beat = 0.0
    while beat < frame.lengthBeats - 0.01 {
      let progress = beat / frame.lengthBeats
      strokes.append(stroke(voice, at: beat, accent: Int(-36 + 52 * progress)))
      beat += steps[min(Int(progress * 4), 3)]
    }
    guard hasKick else { return strokes }
    return strokes + stride(from: 0, to: frame.lengthBeats - 0.01, by: pulse).map { stroke(.kick, at: $0, accent: 0) }
  }

  /// The strokes of a groove up to its last bar, there a stroke that ends all; with a fill before it.
  func ending(_ groove: [Stroke], random: inout CorpusRandom) -> [Stroke] {
    let last = frame.lengthBeats - frame.beatsPerBar
    let start = last - fillBeats
    let kept = groove.filter { $0.beat < start - 0.01 }
    let end = lastStroke().map { stroke in
      var stroke = stroke
      (stroke.beat, stroke.durationBeats) = (last, frame.beatsPerBar)
      return stroke
    }
    return kept + fill(from: start, to: last, random: &random) + end
  }

  private func stroke(_ voice: DrumVoice, at beat: Double, accent: Int) -> Stroke {
    let rings = voice == .crash || voice == .openHat || voice == .ride
    return Stroke(beat: beat, durationBeats: rings ? 1 : 0.25, key: voice.rawValue, accent: accent)
  }
}
