import Music

/// Writes bass lines over chords from step patterns whose digits name chord degrees, or by walking.
///
/// `1` root, `3` third, `5` fifth, `6` sixth, `7` seventh, `8` octave; the pattern "walk" makes four quarter notes a bar
/// that lead to the next root.
struct BassLine {
  let frame: PhraseFrame
  let harmony: [ChordSpan]
  let range: ClosedRange<Int>

  /// Patterns for a bass alone, with what to call them.
  static let soloPatterns: [(name: String?, pattern: String)] = [
    ("walking", "walk"), ("octave", "1.8.1.8.1.8.1.8."), ("driving eighth-note", "1.1.1.1.1.1.1.1."),
    ("simple", "1-------1-------"), ("funky", "1..1..5.8..7..1."), ("syncopated", "1..1..1...5.8..."),
    ("root-fifth", "1-------5-------"), ("bossa nova", "1-----5-5-----1-"), ("sixteenth-note", "1111111111111111"),
    ("reggae", "1---1-..3-5-...."), ("funky", "1.1...8..1..7.8."), (nil, "1-..3-..5-..3-.."),
    ("slow", "1---------------"),
    (nil, "1-..1-5-..8-5-.."), ("walking", "walk"),
  ]

  func strokes(pattern: String, random: inout CorpusRandom) -> [Stroke] {
    pattern == "walk" ? walking(random: &random) : patterned(pattern)
  }

  private func patterned(_ text: String) -> [Stroke] {
    let pattern = StepPattern(text, beatsPerBar: frame.beatsPerBar)
    var strokes: [Stroke] = []
    for bar in 0..<frame.bars {
      for strike in pattern.strikes(inBar: bar, beatsPerBar: frame.beatsPerBar) {
        let beat = Double(bar) * frame.beatsPerBar + strike.beat
        guard let span = span(at: beat) else { continue }
        let key = root(of: span.chord) + interval(strike.symbol, in: span.chord)
        // A held note gives way to the next chord.
        let length = min(strike.durationBeats, span.startBeats + span.durationBeats - beat)
        strokes.append(Stroke(beat: beat, durationBeats: length, key: folded(key)))
      }
    }
    return strokes
  }

  private func walking(random: inout CorpusRandom) -> [Stroke] {
    var strokes: [Stroke] = []
    var beat = 0.0
    while beat < frame.lengthBeats {
      guard let span = span(at: beat) else { break }
      let next = self.span(at: span.startBeats + span.durationBeats)?.chord ?? harmony[0].chord
      let isFirst = abs(beat - span.startBeats) < 0.01
      let isLast = span.startBeats + span.durationBeats - beat < 1.01
      var key = root(of: span.chord)
      if isLast && !isFirst {
        key = root(of: next) + random.pick([-1, 1, -2])
      } else if !isFirst {
        let previous = strokes.last?.key ?? key
        let tones = range.filter { span.chord.pitchClasses.contains(PitchClass($0)) && $0 != previous }
        let near = tones.sorted { abs($0 - previous) < abs($1 - previous) }.prefix(3)
        key = near.isEmpty ? key : random.pick(Array(near))
      }
      strokes.append(Stroke(beat: beat, durationBeats: 1, key: folded(key)))
      beat += 1
    }
    return strokes
  }

  private func span(at beat: Double) -> ChordSpan? { harmony.last { $0.startBeats <= beat + 0.01 } }

  /// The root in the octave that starts at the range's bottom.
  private func root(of chord: Chord) -> Int {
    range.lowerBound + PitchClass((chord.bass ?? chord.root).value - range.lowerBound).value
  }

  private func interval(_ symbol: Character, in chord: Chord) -> Int {
    let tones = chord.quality.intervals
    switch symbol {
    case "3": return tones.first { $0 == 3 || $0 == 4 } ?? 7
    case "5": return tones.first { (6...8).contains($0) } ?? 7
    case "6": return 9
    case "7": return tones.first { (10...11).contains($0) } ?? (tones.contains(3) ? 10 : 12)
    case "8": return 12
    default: return 0
    }
  }

  private func folded(_ key: Int) -> Int {
    var key = key
    while key > range.upperBound { key -= 12 }
    while key < range.lowerBound { key += 12 }
    return key
  }
}
