import Music

/// Writes chords over a harmony: struck in a rhythm, held, or taken apart.
struct ChordPart {
  enum Arpeggio: String, CaseIterable, Sendable {
    case rising, falling
    case upAndDown = "up-and-down"
    case broken

    /// The order in which a pattern of `count` notes is played.
    func order(_ count: Int) -> [Int] {
      let up = Array(0..<count)
      switch self {
      case .rising: return up
      case .falling: return up.reversed()
      case .upAndDown: return up + up.dropFirst().dropLast().reversed()
      case .broken: return count < 3 ? up : [0, 2, 1, 2] + (count > 3 ? [3, 2, 1, 2] : [])
      }
    }
  }

  let frame: PhraseFrame
  let harmony: [ChordSpan]
  let voicing: Voicing
  /// How far each voice comes after the one below, in seconds: a strum.
  var strumSeconds = 0.0

  /// Each span with its keys, voices leading from one to the next.
  private var voiced: [(span: ChordSpan, keys: [Int])] {
    var previous: [Int] = []
    return harmony.map { span in
      previous = voicing.keys(for: span.chord, after: previous)
      return (span, previous)
    }
  }

  /// One chord a span, held for its length.
  func held() -> [Stroke] {
    voiced.flatMap { span, keys in
      strum(keys, beat: span.startBeats, durationBeats: span.durationBeats)
    }
  }

  /// Chords struck where the pattern says; a chord too short for any of its strikes is struck once as it comes.
  func struck(pattern text: String) -> [Stroke] {
    let pattern = StepPattern(text, beatsPerBar: frame.beatsPerBar)
    let strikes = (0..<frame.bars).flatMap { bar in
      pattern.strikes(inBar: bar, beatsPerBar: frame.beatsPerBar).map { strike in
        var strike = strike
        strike.beat += Double(bar) * frame.beatsPerBar
        return strike
      }
    }
    return voiced.flatMap { span, keys in
      let end = span.startBeats + span.durationBeats
      let own = strikes.filter { $0.beat > span.startBeats - 0.01 && $0.beat < end - 0.01 }
      guard !own.isEmpty else {
        return strum(keys, beat: span.startBeats, durationBeats: min(1, span.durationBeats))
      }
      return own.flatMap { strike in
        let length = min(strike.durationBeats, end - strike.beat)
        return strum(keys, beat: strike.beat, durationBeats: length, accent: StepPattern.accent(strike.symbol))
      }
    }
  }

  /// Chords one note after another, `stepBeats` apart, over one octave more than the voicing when `isWide`.
  func arpeggiated(_ arpeggio: Arpeggio, stepBeats: Double, isWide: Bool, rings: Bool) -> [Stroke] {
    var strokes: [Stroke] = []
    for (span, keys) in voiced {
      var tones = keys
      if isWide { tones += keys.map { $0 + 12 }.filter { $0 <= voicing.range.upperBound } }
      tones = Set(tones).sorted()
      let order = arpeggio.order(tones.count)
      let count = Int((span.durationBeats / stepBeats).rounded())
      for index in 0..<count {
        let beat = span.startBeats + Double(index) * stepBeats
        let length = rings ? span.startBeats + span.durationBeats - beat : stepBeats
        let accent = index % order.count == 0 ? 5 : 0
        strokes.append(
          Stroke(beat: beat, durationBeats: length, key: tones[order[index % order.count]], accent: accent))
      }
    }
    return strokes
  }

  /// Chords picked with thumb and fingers; strings ring until the chord changes.
  /// - Parameter text: strings of a bar, as `WorldPatterns.picking` names them.
  func picked(pattern text: String) -> [Stroke] {
    let pattern = StepPattern(text, beatsPerBar: frame.beatsPerBar)
    return voiced.flatMap { span, keys -> [Stroke] in
      let end = span.startBeats + span.durationBeats
      return (0..<frame.bars).flatMap { bar -> [Stroke] in
        pattern.strikes(inBar: bar, beatsPerBar: frame.beatsPerBar).flatMap { strike -> [Stroke] in
          let beat = Double(bar) * frame.beatsPerBar + strike.beat
          guard beat > span.startBeats - 0.01, beat < end - 0.01 else { return [] }
          return Self.strings(strike.symbol, of: keys).map { string in
            Stroke(beat: beat, durationBeats: end - beat, key: string.key, accent: string.isThumb ? 6 : 0)
          }
        }
      }
    }
  }

  /// The keys of a picking pattern's symbol.
  private static func strings(_ symbol: Character, of keys: [Int]) -> [(key: Int, isThumb: Bool)] {
    guard let low = keys.first, let high = keys.last else { return [] }
    let upper = keys.dropFirst(keys.count > 3 ? keys.count - 3 : 0)
    func finger(_ index: Int) -> Int { upper[upper.startIndex + min(index, upper.count - 1)] }
    switch symbol {
    case "p": return [(low, true)]
    case "q": return [(keys[min(1, keys.count - 1)], true)]
    case "i": return [(finger(0), false)]
    case "m": return [(finger(1), false)]
    case "a": return [(high, false)]
    default: return low == high ? [(low, true)] : [(low, true), (high, false)]
    }
  }

  private func strum(_ keys: [Int], beat: Double, durationBeats: Double, accent: Int = 0) -> [Stroke] {
    keys.enumerated().map { voice, key in
      let delay = min(Double(voice) * strumSeconds / frame.secondsPerBeat, durationBeats / 2)
      return Stroke(beat: beat + delay, durationBeats: durationBeats - delay, key: key, accent: accent)
    }
  }
}
