extension ControlTrack {
  /// The track with other notes of its own scale: what sounds from one change of pitch to the next moves by so many steps of the
  /// scale, its octaves with it.
  /// - Parameter steps: is asked for each such stretch, counted from 0.
  package func movingNotes(_ steps: (Int) -> Int) -> ControlTrack {
    guard groups.contains(.pitch) else { return self }
    let scale = self.scale
    var track = self
    for (number, stretch) in stretches.enumerated() {
      let move = ScaleMove(scale, steps: steps(number))
      for frame in stretch {
        let classes = Array(values(of: .pitch, frame: frame))
        track.set(.pitch, frame: frame, to: move.moved(classes))
        guard groups.contains(.register) else { continue }
        track.set(.register, frame: frame, to: move.moved(octaves: Array(values(of: .register, frame: frame)), classes))
      }
    }
    return track
  }

  /// Frames on either side of which pitch is compared, and how alike it is at most where it changes.
  private static let (reach, greatestLikeness) = (4, Float(0.75))

  /// From one change of pitch to the next.
  private var stretches: [Range<Int>] {
    func sum(_ range: Range<Int>) -> [Float] {
      range.reduce(into: [Float](repeating: 0, count: 12)) { sum, frame in
        for (pitch, value) in values(of: .pitch, frame: frame).enumerated() { sum[pitch] += value }
      }
    }
    func likeness(_ a: [Float], _ b: [Float]) -> Float {
      let (product, lengths) = (
        zip(a, b).reduce(0) { $0 + $1.0 * $1.1 },
        a.reduce(0) { $0 + $1 * $1 } * b.reduce(0) { $0 + $1 * $1 }
      )
      return lengths > 0 ? product / lengths.squareRoot() : 1
    }
    var starts = [0]
    var frame = Self.reach
    while frame + Self.reach < frameCount {
      if likeness(sum(frame - Self.reach..<frame), sum(frame..<frame + Self.reach)) < Self.greatestLikeness {
        starts.append(frame)
        frame += Self.reach
      }
      frame += 1
    }
    return starts.indices.map { starts[$0]..<($0 + 1 < starts.count ? starts[$0 + 1] : frameCount) }
  }

  /// The major scale, of any tonic, in which most of what sounds lies.
  private var scale: [Int] {
    var total = [Float](repeating: 0, count: 12)
    for frame in 0..<frameCount {
      for (pitch, value) in values(of: .pitch, frame: frame).enumerated() { total[pitch] += value }
    }
    let scales = (0..<12).map { tonic in [0, 2, 4, 5, 7, 9, 11].map { ($0 + tonic) % 12 }.sorted() }
    return scales.max { a, b in a.reduce(0) { $0 + total[$1] } < b.reduce(0) { $0 + total[$1] } } ?? scales[0]
  }
}

/// A move by steps of a scale.
private struct ScaleMove {
  /// Semitones that each pitch class moves by.
  private let semitones: [Int]

  init(_ scale: [Int], steps: Int) {
    func raised(_ pitch: Int) -> Int {
      guard let degree = scale.firstIndex(of: pitch) else { return 0 }
      let to = degree + steps
      let octave = to >= 0 ? to / scale.count : (to - scale.count + 1) / scale.count
      return scale[to - octave * scale.count] + 12 * octave - pitch
    }
    // What is not in the scale moves as its lower neighbour does.
    semitones = (0..<12).map { scale.contains($0) ? raised($0) : raised(($0 + 11) % 12) }
  }

  func moved(_ classes: [Float]) -> [Float] {
    var moved = [Float](repeating: 0, count: 12)
    for (pitch, value) in classes.enumerated() {
      let to = ((pitch + semitones[pitch]) % 12 + 12) % 12
      moved[to] = max(moved[to], value)
    }
    return moved
  }

  /// Octaves, as far as what sounds in them goes over into the next.
  func moved(octaves: [Float], _ classes: [Float]) -> [Float] {
    let total = classes.reduce(0, +)
    guard total > 0 else { return octaves }
    func share(_ isOver: (Int) -> Bool) -> Float {
      classes.indices.filter { isOver($0 + semitones[$0]) }.reduce(0) { $0 + classes[$1] } / total
    }
    let (up, down) = (share { $0 >= 12 }, share { $0 < 0 })
    return octaves.indices.map { octave in
      let below = octave > 0 ? octaves[octave - 1] : 0
      let above = octave + 1 < octaves.count ? octaves[octave + 1] : 0
      return (1 - up - down) * octaves[octave] + up * below + down * above
    }
  }
}
