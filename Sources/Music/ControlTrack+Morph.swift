extension ControlTrack {
  /// The track a part of the way to another: of the groups that both have, all but the metre in a straight line, and that
  /// by what has passed of beats and bars, so that the tempo goes in a straight line too. What only this track has stays
  /// as it is, what only the other has is left out.
  ///
  /// - Parameter fraction: 0 for this track, 1 for the other's values.
  /// - Precondition: both have as many frames, and the fraction lies within 0 … 1.
  public func moved(toward other: ControlTrack, fraction: Double) -> ControlTrack {
    precondition(other.frameCount == frameCount, "\(frameCount) and \(other.frameCount) frames")
    precondition((0...1).contains(fraction), "a fraction of \(fraction)")
    guard fraction > 0 else { return self }
    let shared = groups.intersection(other.groups)
    let part = Float(fraction)
    var moved = self
    for group in Groups.each where group != .meter && shared.contains(group) {
      for frame in 0..<frameCount {
        let pairs = zip(values(of: group, frame: frame), other.values(of: group, frame: frame))
        moved.set(group, frame: frame, to: pairs.map { (1 - part) * $0 + part * $1 })
      }
    }
    if shared.contains(.meter) { moved.moveMeter(from: self, toward: other, fraction: fraction) }
    return moved
  }

  private mutating func moveMeter(from first: ControlTrack, toward second: ControlTrack, fraction: Double) {
    let beats = (Self.passed(first.beatPhase, frameCount), Self.passed(second.beatPhase, frameCount))
    let bars = (Self.passed(first.barPhase, frameCount), Self.passed(second.barPhase, frameCount))
    for frame in 0..<frameCount {
      guard let beat = beats.0[frame], let other = beats.1[frame], let bar = bars.0[frame], let otherBar = bars.1[frame]
      else { continue }
      setMeter(
        frame: frame, beatPhase: beat + fraction * (other - beat), barPhase: bar + fraction * (otherBar - bar))
    }
  }

  /// How much has passed at each frame, in whole turns and a part, counted from the turn of the first frame; nil where
  /// the metre is not known.
  private static func passed(_ phase: (Int) -> Double?, _ count: Int) -> [Double?] {
    var (turns, last) = (0.0, 0.0)
    return (0..<count).map { frame in
      guard let phase = phase(frame) else { return nil }
      // Kept as Float, the phase of a standing metre trembles; a turn is a fall by more than that.
      if phase < last - 1e-3 { turns += 1 }
      last = phase
      return turns + phase
    }
  }
}
