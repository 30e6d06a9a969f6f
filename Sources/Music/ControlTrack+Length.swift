extension ControlTrack {
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
