import Foundation

extension ControlTrack {
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

  /// `frameCount` frames of the track of a sound that is played `speed` times as fast.
  /// - Precondition: `speed` is positive.
  public func played(speed: Double, frameCount count: Int) -> ControlTrack {
    precondition(speed > 0 && count >= 0, "\(count) frames at \(speed) times the speed")
    return speed == 1 ? resized(to: count) : picked(every: speed, count: count, framesPerSecond: framesPerSecond)
  }
}
