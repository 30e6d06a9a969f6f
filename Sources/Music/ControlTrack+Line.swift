extension ControlTrack {
  // MARK: Octaves

  /// By how many octaves a heard line has to move so that an instrument of these keys can play it: up where it is positive,
  /// 0 where it can as it is, or nothing is known of its octaves.
  ///
  /// A line that lies within the range but for a tenth of its time stays where it is.
  package func octaves(into keys: ClosedRange<Int>) -> Int {
    let line = (0..<frameCount).compactMap(key(frame:))
    guard !line.isEmpty else { return 0 }
    func score(_ octaves: Int) -> Double {
      let inside = line.count { keys.contains($0 + 12 * octaves) }
      return Double(inside) / Double(line.count) - 0.1 * Double(abs(octaves))
    }
    let shifts = [0, 1, -1, 2, -2, 3, -3, 4, -4]
    return shifts.max { score($0) < score($1) } ?? 0
  }

  /// The MIDI key of the strongest pitch class and octave of a frame; nil where neither sounds.
  private func key(frame: Int) -> Int? {
    let (pitches, octaves) = (values(of: .pitch, frame: frame), values(of: .register, frame: frame))
    guard let pitch = pitches.indices.max(by: { pitches[$0] < pitches[$1] }),
      let octave = octaves.indices.max(by: { octaves[$0] < octaves[$1] }), pitches[pitch] > 0.5, octaves[octave] > 0.5
    else { return nil }
    return 12 * (octave - octaves.startIndex + 1) + pitch - pitches.startIndex
  }

  /// The MIDI keys that a frame asks for, lowest first: every pitch class that it has in every octave that it has.
  /// - Parameter strength: from which on they count.
  package func keys(frame: Int, from strength: Float) -> [Int] {
    let (pitches, octaves) = (values(of: .pitch, frame: frame), values(of: .register, frame: frame))
    return octaves.enumerated().filter { $0.element >= strength }.flatMap { octave, _ in
      pitches.enumerated().filter { $0.element >= strength }.map { 12 * (octave + 1) + $0.offset }
    }
  }

  /// The track so many octaves higher, lower below 0; what would leave the nine octaves stays in the last.
  package func moved(octaves: Int) -> ControlTrack {
    guard octaves != 0, groups.contains(.register) else { return self }
    var track = self
    for frame in 0..<frameCount {
      var moved = [Float](repeating: 0, count: Self.octaveCount)
      for (octave, strength) in values(of: .register, frame: frame).enumerated() {
        let place = max(0, min(Self.octaveCount - 1, octave + octaves))
        moved[place] = max(moved[place], strength)
      }
      track.set(.register, frame: frame, to: moved)
    }
    return track
  }

  // MARK: Ends

  /// The track of a clip in which nothing more is played from a frame on, and what sounded there dies away: no notes, and a
  /// loudness that falls evenly to silence at the end. Beats go on.
  package func dyingAway(from frame: Int) -> ControlTrack {
    guard frame < frameCount else { return self }
    var track = slice(from: 0, count: max(0, frame)).resized(to: frameCount)
    guard frame > 0, groups.contains(.loudness) else { return track }
    let last = loudness(frame: frame - 1)
    for later in frame..<frameCount {
      let left = Float(frameCount - 1 - later) / Float(frameCount - frame)
      track.set(.loudness, frame: later, to: [last * left])
    }
    return track
  }
}
