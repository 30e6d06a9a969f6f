extension ControlTrack {
  // MARK: Groups

  /// The track without any but some of its groups.
  public func keeping(_ kept: Groups) -> ControlTrack {
    var track = self
    track.clear(groups.subtracting(kept))
    return track
  }

  /// This track with all that `other` has in place of what it has itself; `other` is cut or extended to its length.
  /// - Precondition: both have one frame rate.
  public func merging(_ other: ControlTrack) -> ControlTrack {
    precondition(
      other.framesPerSecond == framesPerSecond,
      "\(other.framesPerSecond) frames a second do not go onto \(framesPerSecond)")
    let fitted = other.resized(to: frameCount)
    var merged = self
    for group in Groups.each where fitted.groups.contains(group) {
      merged.declare(group)
      for frame in 0..<frameCount { merged.set(group, frame: frame, to: fitted.values(of: group, frame: frame)) }
    }
    return merged
  }

  // MARK: Length and pace

  /// The track cut or extended to `frameCount` frames.
  ///
  /// All but the metre goes on as silence. The metre goes on at the tempo of the last frames, where it has one (it takes
  /// two frames to tell), else as zeros.
  /// - Precondition: `frameCount` is not negative.
  public func resized(to frameCount: Int) -> ControlTrack {
    precondition(frameCount >= 0, "a control track of \(frameCount) frames")
    guard frameCount > self.frameCount else { return slice(from: 0, count: frameCount) }
    let silence = [Float](repeating: 0, count: (frameCount - self.frameCount) * Self.valueCount)
    var longer = ControlTrack(values: values + silence, groups: groups, framesPerSecond: framesPerSecond)
    guard groups.contains(.meter), let motion = MeterMotion(endOf: self) else { return longer }
    for frame in self.frameCount..<frameCount {
      let (beat, bar) = motion.phases(framesLater: frame - self.frameCount + 1)
      longer.setMeter(frame: frame, beatPhase: beat, barPhase: bar)
    }
    return longer
  }

  /// `count` frames from `start` on.
  /// - Precondition: they lie within the track.
  public func slice(from start: Int, count: Int) -> ControlTrack {
    precondition(
      start >= 0 && count >= 0 && start + count <= frameCount,
      "\(count) frames from \(start) on are not within \(frameCount)")
    let range = start * Self.valueCount..<(start + count) * Self.valueCount
    return ControlTrack(values: Array(values[range]), groups: groups, framesPerSecond: framesPerSecond)
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

  /// `frameCount` frames of the track of a sound that is played `speed` times as fast.
  /// - Precondition: `speed` is positive.
  public func played(speed: Double, frameCount count: Int) -> ControlTrack {
    precondition(speed > 0 && count >= 0, "\(count) frames at \(speed) times the speed")
    return speed == 1 ? resized(to: count) : picked(every: speed, count: count, framesPerSecond: framesPerSecond)
  }

  // MARK: Values

  /// The track of a sound that was transposed: pitch classes go round by `semitones`, and share what falls between two.
  /// Which of the notes pass from octave to octave is not known, so by half a semitone or more the register gets lost.
  public func transposed(semitones: Double) -> ControlTrack {
    if abs(semitones) >= 0.5, groups.contains(.register) {
      return keeping(groups.subtracting(.register)).transposed(semitones: semitones)
    }
    guard semitones != 0, groups.contains(.pitch) else { return self }
    let whole = semitones.rounded(.down)
    let (steps, part) = (((Int(whole) % 12) + 12) % 12, Float(semitones - whole))
    var track = self
    for frame in 0..<frameCount {
      let old = Array(values(of: .pitch, frame: frame))
      let new = (0..<12).map { (1 - part) * old[($0 - steps + 12) % 12] + part * old[($0 - steps + 11) % 12] }
      track.set(.pitch, frame: frame, to: new)
    }
    return track
  }

  /// The track of a sound that was made louder, or softer below 0; silence stays silence.
  public func louder(decibels: Double) -> ControlTrack {
    guard decibels != 0, groups.contains(.loudness) else { return self }
    let step = Float(-decibels / ControlAnalysis.floorDecibels)
    var track = self
    for frame in 0..<frameCount where loudness(frame: frame) > 0 {
      track.set(.loudness, frame: frame, to: [max(0, min(1, loudness(frame: frame) + step))])
    }
    return track
  }

  /// The track with all but the metre averaged over `seconds` around each frame (a moving average over an odd number of
  /// frames, over fewer at the ends).
  /// - Precondition: `seconds` is finite and not negative.
  public func smoothed(seconds: Double) -> ControlTrack {
    precondition(seconds >= 0 && seconds.isFinite, "smoothing over \(seconds) s")
    let reach = Int((min(seconds * framesPerSecond, Double(2 * frameCount)) / 2).rounded(.down))
    guard reach > 0, frameCount > 1 else { return self }
    var smooth = values
    for offset in Groups.each.filter({ $0 != .meter }).flatMap(\.valueRange) {
      var sums = [0.0]
      for frame in 0..<frameCount { sums.append(sums[frame] + Double(values[frame * Self.valueCount + offset])) }
      for frame in 0..<frameCount {
        let (first, end) = (max(0, frame - reach), min(frameCount, frame + reach + 1))
        smooth[frame * Self.valueCount + offset] = Float((sums[end] - sums[first]) / Double(end - first))
      }
    }
    return ControlTrack(values: smooth, groups: groups, framesPerSecond: framesPerSecond)
  }

  /// The track with the means of its pitch classes and octaves in every frame: which notes there are, but not when.
  public var withMeanPitch: ControlTrack {
    guard frameCount > 0 else { return self }
    var track = self
    for group in [Groups.pitch, .register] where groups.contains(group) {
      let mean = group.valueRange.map { offset in
        (0..<frameCount).reduce(0.0) { $0 + Double(values[$1 * Self.valueCount + offset]) } / Double(frameCount)
      }
      track.set(group, throughout: mean.map { Float($0) })
    }
    return track
  }
}

// MARK: Between two tracks

extension ControlTrack {
  /// The track a part of the way to another: of the groups that both have, all but the metre interpolated linearly, and
  /// that by what has passed of beats and bars, so that the tempo changes linearly too. What only this track has stays
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
