package import Music

/// How far one clip does what was asked for; nil what was not asked for, or cannot be told.
package struct ClipObedience: Sendable, Equatable {
  package var pitchShare: Double?
  package var chromaCorrelation: Double?
  package var loudnessCorrelation: Double?
  /// Quarter notes a minute, asked and heard.
  package var tempoAsked: Double?
  package var tempoHeard: Double?

  /// - Parameters:
  ///   - asked: what the clip should do; a pitch class is asked for from a strength of one half on.
  ///   - heard: what `ControlAnalysis` hears in it.
  package init(asked: ControlTrack, heard: ControlTrack, tempoAsked: Double?, tempoHeard: Double?) {
    self.tempoAsked = tempoAsked
    self.tempoHeard = tempoHeard
    let heard = heard.resampled(framesPerSecond: asked.framesPerSecond, frameCount: asked.frameCount)
    if asked.groups.contains(.pitch) { measurePitch(asked, heard) }
    if asked.groups.contains(.loudness), heard.groups.contains(.loudness) {
      let frames = 0..<asked.frameCount
      loudnessCorrelation = Statistics.correlation(
        frames.map { Double(asked.loudness(frame: $0)) }, frames.map { Double(heard.loudness(frame: $0)) })
    }
  }

  private mutating func measurePitch(_ asked: ControlTrack, _ heard: ControlTrack) {
    var (inside, all) = (0.0, 0.0)
    var isAsked = false
    var sums = (asked: [Double](repeating: 0, count: 12), heard: [Double](repeating: 0, count: 12))
    for frame in 0..<asked.frameCount {
      let wanted = Array(asked[frame].prefix(12))
      let got = Array(heard[frame].prefix(12))
      for pitch in 0..<12 {
        sums.asked[pitch] += Double(wanted[pitch])
        sums.heard[pitch] += Double(got[pitch])
      }
      // After a note has been asked for its sound may ring on: only frames that ask for something count.
      guard wanted.contains(where: { $0 >= 0.5 }) else { continue }
      isAsked = true
      for pitch in 0..<12 {
        all += Double(got[pitch])
        if wanted[pitch] >= 0.5 { inside += Double(got[pitch]) }
      }
    }
    guard isAsked else { return }
    pitchShare = all > 0 ? inside / all : 0
    chromaCorrelation = Statistics.correlation(sums.asked, sums.heard) ?? 0
  }

  /// 1 where the tempo is within a share of what was asked for, octaves aside, else 0; nil where none was asked for.
  func tempo(within tolerance: Double) -> Double? {
    guard let tempoAsked else { return nil }
    guard let tempoHeard else { return 0 }
    return TempoEstimator.agrees(tempoHeard, with: tempoAsked, tolerance: tolerance) ? 1 : 0
  }
}
