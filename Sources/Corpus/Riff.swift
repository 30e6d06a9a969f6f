import Music

/// Writes riffs: one bar of a pentatonic or blues figure, repeated, its last time perhaps with another ending.
struct Riff {
  let key: Key
  let frame: PhraseFrame
  let range: ClosedRange<Int>
  /// The rhythms to choose from; nil for the usual ones.
  var ownRhythms: [String]?

  private static let rhythms = [
    "x..x..x.x..x..x.", "x.x..x.xx.x..x..", "x...x.x..x.x....", "xx.x..x.x.x.x.x.", "x.x.x..x..x.x...",
    "x--x--x-x-x-..x.",
    "x...x...x.x.x.x.", "x.xxx.x.x.xxx...", "..x.x.x-..x.x.x-",
  ]
  private static let tripleRhythms = ["x...x.x.x...", "x.x.x...x.x.", "x..x..x...x."]

  private var scale: [Int] {
    key.mode.hasMinorThird ? [0, 3, 5, 7, 10] : [0, 2, 4, 7, 9]
  }

  func strokes(random: inout CorpusRandom) -> [Stroke] {
    let rhythm = random.pick(ownRhythms ?? (frame.beatsPerBar == 3 ? Self.tripleRhythms : Self.rhythms))
    let strikes = StepPattern(rhythm, beatsPerBar: frame.beatsPerBar).strikes
    let root = rootKey(random: &random)
    var degree = 0
    var keys: [Int] = []
    for (index, _) in strikes.enumerated() {
      if index > 0 { degree += random.pick(weighted: [(-2, 1), (-1, 3), (0, 2), (1, 3), (2, 1.3)]) }
      degree = min(max(degree, -2), 6)
      keys.append(keyOfDegree(degree, root: root))
    }
    var strokes: [Stroke] = []
    for bar in 0..<frame.bars {
      let varies = bar == frame.bars - 1 && frame.bars > 1 && random.chance(0.5)
      for (index, strike) in strikes.enumerated() {
        var key = keys[index]
        if varies && index >= strikes.count - 2 { key = keyOfDegree(random.integer(-1...5), root: root) }
        let accent = strike.symbol == "X" ? 12 : 0
        let beat = Double(bar) * frame.beatsPerBar + strike.beat
        strokes.append(Stroke(beat: beat, durationBeats: strike.durationBeats, key: key, accent: accent))
      }
    }
    return strokes
  }

  private func rootKey(random: inout CorpusRandom) -> Int {
    let roots = range.filter { PitchClass($0) == key.tonic && $0 + 7 <= range.upperBound }
    return roots.isEmpty ? range.lowerBound + PitchClass(key.tonic.value - range.lowerBound).value : random.pick(roots)
  }

  private func keyOfDegree(_ degree: Int, root: Int) -> Int {
    let octave = Int((Double(degree) / 5).rounded(.down))
    var key = root + octave * 12 + scale[degree - octave * 5]
    while key > range.upperBound { key -= 12 }
    while key < range.lowerBound { key += 12 }
    return key
  }
}
