package import Music

/// Which chords a part was asked for, and how well they are heard in it.
package struct ChordHearing: Sendable {
  /// Shorter chords are not told for certain, in frames.
  private static let leastFrames = 20
  /// Frames at a chord's beginning in which the one before it still rings.
  private static let ringing = 5
  /// Strength from which on a pitch class is asked for.
  private static let asked: Float = 0.5

  private var chords: [(frames: Range<Int>, classes: Set<Int>)] = []

  /// The stretches of a track in which the same two pitch classes, or more, are asked for, with rests between or without.
  package init(_ track: ControlTrack?) {
    guard let track, track.groups.contains(.pitch) else { return }
    var start = 0
    var classes = Set<Int>()
    for frame in 0...track.frameCount {
      let next =
        frame < track.frameCount
        ? Set(track.values(of: .pitch, frame: frame).enumerated().filter { $0.element >= Self.asked }.map(\.offset))
        : []
      guard !next.isEmpty && next != classes || frame == track.frameCount else { continue }
      if classes.count > 1, frame - start >= Self.leastFrames { chords.append((start..<frame, classes)) }
      (start, classes) = (frame, next)
    }
  }

  /// Whether there is any.
  package var isEmpty: Bool { chords.isEmpty }

  /// How well the chord that is heard worst is heard: the cosine between the pitch classes heard of it and those asked for, so
  /// that wrong tones lower it and missing ones too. 1 where nothing is heard of any.
  package func likeness(in heard: ControlTrack) -> Double {
    chords.map { chord in
      var sums = [Double](repeating: 0, count: 12)
      for frame in chord.frames.dropFirst(Self.ringing) where frame < heard.frameCount {
        for (pitch, strength) in heard.values(of: .pitch, frame: frame).enumerated() { sums[pitch] += Double(strength) }
      }
      let length = (sums.reduce(0) { $0 + $1 * $1 } * Double(chord.classes.count)).squareRoot()
      return length > 0 ? chord.classes.reduce(0) { $0 + sums[$1] } / length : 1
    }.min() ?? 1
  }
}
