import Music

/// Spreads chords over keys so that the voices move little from one chord to the next.
struct Voicing: Sendable {
  /// The keys that may sound.
  let range: ClosedRange<Int>
  /// Whether the second voice from the top drops an octave, which opens the chord as guitars and strings do.
  let isOpen: Bool

  /// The voicing of `chord` nearest to `previous`, or near the middle of the range where there is none; ascending.
  func keys(for chord: Chord, after previous: [Int] = []) -> [Int] {
    let candidates = self.candidates(for: chord)
    let middle = Double(range.lowerBound + range.upperBound) / 2
    func cost(_ keys: [Int]) -> Double {
      guard !previous.isEmpty else {
        let rootPenalty = PitchClass(keys[0]) == chord.root ? 0.0 : 5
        return abs(Self.mean(keys) - middle) + rootPenalty
      }
      let moves = keys.map { key in previous.map { abs($0 - key) }.min() ?? 0 }.reduce(0, +)
      let back = previous.map { key in keys.map { abs($0 - key) }.min() ?? 0 }.reduce(0, +)
      // A slight pull to the middle keeps long progressions from drifting away.
      return Double(moves + back) + 0.15 * abs(Self.mean(keys) - middle)
    }
    return candidates.min { cost($0) < cost($1) } ?? []
  }

  private static func mean(_ keys: [Int]) -> Double { Double(keys.reduce(0, +)) / Double(max(keys.count, 1)) }

  private func candidates(for chord: Chord) -> [[Int]] {
    let classes = chord.quality.intervals.map { PitchClass(chord.root.value + $0).value }
    // Ninths stay above their root: close inversions of five notes are mud.
    let rotations = classes.count > 4 || chord.quality == .power ? 1 : classes.count
    var found: [[Int]] = []
    for rotation in 0..<rotations {
      let ordered = (0..<classes.count).map { classes[($0 + rotation) % classes.count] }
      for bottom in range where PitchClass(bottom).value == ordered[0] {
        var keys = Self.stack(ordered, from: bottom)
        if chord.quality == .power { keys.append(bottom + 12) }
        if isOpen && keys.count >= 3 && chord.quality != .power { keys[keys.count - 2] -= 12 }
        keys.sort()
        if keys[0] >= range.lowerBound && keys[keys.count - 1] <= range.upperBound { found.append(keys) }
      }
    }
    // A range too narrow for any of them still gets the chord, folded into it.
    return found.isEmpty ? [Self.folded(classes, into: range)] : found
  }

  private static func stack(_ classes: [Int], from bottom: Int) -> [Int] {
    var keys = [bottom]
    for value in classes.dropFirst() {
      let last = keys[keys.count - 1]
      keys.append(last + PitchClass(value - last).value)
    }
    return keys
  }

  private static func folded(_ classes: [Int], into range: ClosedRange<Int>) -> [Int] {
    let keys = classes.map { range.lowerBound + PitchClass($0 - range.lowerBound).value }
    return Set(keys.filter(range.contains)).sorted()
  }
}
