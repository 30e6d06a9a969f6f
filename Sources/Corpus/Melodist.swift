import Music

/// Writes melodies: a motif, its variations, steps more than leaps, chord tones where the beat is strong.
struct Melodist {
  enum Density: Sendable {
    case sparse, medium, busy
  }

  let key: Key
  let frame: PhraseFrame
  /// The chords it goes over; empty for the tonic alone.
  let harmony: [ChordSpan]
  let range: ClosedRange<Int>
  let density: Density

  /// Rhythms of two beats; negative lengths rest.
  private var cells: [[Double]] {
    switch density {
    case .sparse: [[2], [1, 1], [1.5, 0.5], [1, -1], [2], [0.5, 1.5]]
    case .medium:
      [[1, 0.5, 0.5], [0.5, 0.5, 1], [0.5, 0.5, 0.5, 0.5], [1.5, 0.5], [0.5, 1, 0.5], [1, 1], [-0.5, 0.5, 1]]
    case .busy:
      [
        [0.25, 0.25, 0.5, 0.5, 0.5], [0.5, 0.25, 0.25, 0.5, 0.5], [0.25, 0.25, 0.25, 0.25, 0.5, 0.5],
        [0.75, 0.25, 0.5, 0.5],
      ]
    }
  }

  private var waltzCells: [[Double]] {
    switch density {
    case .sparse: [[3], [2, 1], [1, 2]]
    default: [[1, 1, 1], [1.5, 0.5, 1], [0.5, 0.5, 1, 1], [1, 0.5, 0.5, 1], [2, 0.5, 0.5]]
    }
  }

  /// Half a bar of 12/8, or a bar of 6/8.
  private var compoundCells: [[Double]] {
    switch density {
    case .sparse: [[3], [1.5, 1.5], [1, 0.5, 1.5], [2.5, 0.5]]
    case .medium:
      [
        [1, 0.5, 1, 0.5], [0.5, 0.5, 0.5, 1.5], [1, 0.5, 0.5, 0.5, 0.5], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
        [1.5, 1, 0.5], [1.5, 0.5, 0.5, 0.5], [-0.5, 0.5, 0.5, 1, 0.5],
      ]
    case .busy:
      [
        [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], [0.25, 0.25, 0.5, 0.5, 0.5, 0.5, 0.5], [0.5, 0.25, 0.25, 0.5, 1, 0.5],
        [0.75, 0.25, 0.5, 0.5, 0.5, 0.5],
      ]
    }
  }

  /// The whole phrase: bars in the form A A′, A B A C, …, closing on a long chord tone.
  func strokes(random: inout CorpusRandom) -> [Stroke] {
    let motifs = [rhythm(&random), rhythm(&random), rhythm(&random)]
    let form = random.pick([[0, 0, 1, 2], [0, 1, 0, 2], [0, 0, 0, 1]])
    let contour = random.pick([
      [0.2, 0.8, 0.6, 0.3], [0.2, 0.4, 0.7, 0.9], [0.9, 0.7, 0.4, 0.2], [0.5, 0.3, 0.7, 0.5],
    ])
    var strokes: [Stroke] = []
    var current = Double(range.lowerBound) + contour[0] * Double(range.count - 1)
    for bar in 0..<frame.bars {
      let isLast = bar == frame.bars - 1
      var lengths = motifs[frame.bars == 1 ? 0 : form[bar % 4]]
      if isLast && frame.bars > 1 { lengths = closing(lengths) }
      let progress = Double(bar) / Double(max(frame.bars - 1, 1)) * 3
      let height = contour[min(Int(progress.rounded()), 3)]
      let goal = Double(range.lowerBound) + height * Double(range.count - 1)
      // A phrase that begins with silence would waste the listener's first beat.
      if bar == 0 { lengths[0] = abs(lengths[0]) }
      var beat = 0.0
      for (index, length) in lengths.enumerated() {
        defer { beat += abs(length) }
        if length < 0 { continue }
        let position = Double(bar) * frame.beatsPerBar + beat
        let isFinal = isLast && index == lengths.count - 1
        let key = nextKey(from: current, goal: goal, at: position, strong: isFinal || isStrong(beat), random: &random)
        current = Double(key)
        let isPeak = strokes.isEmpty || key > (strokes.map(\.key).max() ?? 0)
        strokes.append(Stroke(beat: position, durationBeats: length, key: key, accent: isPeak ? 4 : 0))
      }
    }
    return strokes
  }

  private func rhythm(_ random: inout CorpusRandom) -> [Double] {
    if frame.isCompound {
      let halves = Int((frame.beatsPerBar / 3).rounded())
      return (0..<halves).flatMap { _ in random.pick(compoundCells) }
    }
    if frame.beatsPerBar == 3 { return random.pick(waltzCells) }
    return random.pick(cells) + random.pick(cells)
  }

  /// The second half of the last bar is one long note.
  private func closing(_ lengths: [Double]) -> [Double] {
    var kept: [Double] = []
    var beats = 0.0
    for length in lengths where beats + abs(length) <= frame.beatsPerBar / 2 + 0.01 {
      kept.append(length)
      beats += abs(length)
    }
    return kept + [frame.beatsPerBar - beats]
  }

  private func isStrong(_ beat: Double) -> Bool {
    frame.isCompound ? beat.truncatingRemainder(dividingBy: 1.5) == 0 : beat == 0 || beat == 2
  }

  private func nextKey(
    from current: Double, goal: Double, at beat: Double, strong: Bool, random: inout CorpusRandom
  ) -> Int {
    let pull = goal - current
    let size = random.pick(weighted: [(1.0, 5), (2.0, 3), (0.0, 1), (3.0, 1.2), (5.0, 0.5)])
    let upward = random.chance(0.5 + min(max(pull / 14, -0.42), 0.42))
    let wanted = current + (upward ? 1 : -1) * size * 1.6
    let chord = harmony.last { $0.startBeats <= beat + 0.01 }?.chord ?? tonicTriad
    let tones = strong ? chord.pitchClasses : key.pitchClasses
    let fitting = range.filter { tones.contains(PitchClass($0)) }
    return fitting.min { abs(Double($0) - wanted) < abs(Double($1) - wanted) } ?? range.lowerBound
  }

  private var tonicTriad: Chord { Chord(root: key.tonic, quality: key.mode.hasMinorThird ? .minor : .major) }

  /// "rising" or "falling" where the line plainly does one of them.
  static func contour(of strokes: [Stroke]) -> String? {
    guard strokes.count >= 4, let first = strokes.first, let last = strokes.last else { return nil }
    let climb = last.key - first.key
    let keys = strokes.map { Double($0.key) }
    let steps = zip(keys, keys.dropFirst()).map { $1 - $0 }
    let travelled = steps.map(abs).reduce(0, +)
    guard abs(climb) >= 7, Double(abs(climb)) > 0.55 * travelled else { return nil }
    return climb > 0 ? "rising" : "falling"
  }
}
