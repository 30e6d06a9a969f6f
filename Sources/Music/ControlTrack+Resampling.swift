extension ControlTrack {
  /// The track without any but some of its groups.
  public func keeping(_ kept: Groups) -> ControlTrack {
    var track = self
    track.clear(groups.subtracting(kept))
    return track
  }

  /// The track at another pace: each frame as the nearest in time was, `frameCount` of them.
  /// - Precondition: `framesPerSecond` is positive, and `frameCount` is not negative.
  public func resampled(framesPerSecond other: Double, frameCount count: Int) -> ControlTrack {
    precondition(other > 0 && count >= 0, "\(count) frames at \(other) a second")
    if other == framesPerSecond { return resized(to: count) }
    return picked(every: framesPerSecond / other, count: count, framesPerSecond: other)
  }

  /// `count` frames, each the nearest to a multiple of `step` frames; beyond the end there are zeros.
  func picked(every step: Double, count: Int, framesPerSecond: Double) -> ControlTrack {
    var values: [Float] = []
    values.reserveCapacity(count * Self.valueCount)
    for frame in 0..<count {
      let nearest = Int((Double(frame) * step).rounded())
      if nearest < frameCount { values += self[nearest] } else { values += repeatElement(0, count: Self.valueCount) }
    }
    return ControlTrack(values: values, groups: groups, framesPerSecond: framesPerSecond)
  }
}
