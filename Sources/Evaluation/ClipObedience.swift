package import Music
import Novelty
package import Training

/// How far one clip does what was asked for; nil what was not asked for, or cannot be told.
package struct ClipObedience: Sendable, Equatable {
  package var pitchShare: Double?
  package var octaveShare: Double?
  package var chromaCorrelation: Double?
  package var loudnessCorrelation: Double?
  /// Quarter notes a minute, asked and heard.
  package var tempoAsked: Double?
  package var tempoHeard: Double?

  /// - Parameters:
  ///   - asked: what the clip should do; a pitch class or an octave is asked for from a strength of one half on.
  ///   - heard: what `ControlAnalysis` hears in it.
  package init(asked: ControlTrack, heard: ControlTrack, tempoAsked: Double?, tempoHeard: Double?) {
    self.tempoAsked = tempoAsked
    self.tempoHeard = tempoHeard
    let heard = heard.resampled(framesPerSecond: asked.framesPerSecond, frameCount: asked.frameCount)
    if asked.groups.contains(.pitch) {
      pitchShare = Self.share(of: .pitch, asked, heard)
      if pitchShare != nil { chromaCorrelation = Self.chromaCorrelation(asked, heard) }
    }
    if asked.groups.contains(.register) { octaveShare = Self.share(of: .register, asked, heard) }
    if asked.groups.contains(.loudness), heard.groups.contains(.loudness) {
      let frames = 0..<asked.frameCount
      loudnessCorrelation = Statistics.correlation(
        frames.map { Double(asked.loudness(frame: $0)) }, frames.map { Double(heard.loudness(frame: $0)) })
    }
  }

  /// How much of what is heard of a group is asked for at the time; nil where nothing ever is.
  private static func share(of group: ControlTrack.Groups, _ asked: ControlTrack, _ heard: ControlTrack) -> Double? {
    var (inside, all) = (0.0, 0.0)
    var isAsked = false
    for frame in 0..<asked.frameCount {
      let (wanted, got) = (asked.values(of: group, frame: frame), heard.values(of: group, frame: frame))
      // After a note has been asked for its sound may ring on: only frames that ask for something count.
      guard wanted.contains(where: { $0 >= 0.5 }) else { continue }
      isAsked = true
      for (wanted, got) in zip(wanted, got) {
        all += Double(got)
        if wanted >= 0.5 { inside += Double(got) }
      }
    }
    guard isAsked else { return nil }
    return all > 0 ? inside / all : 0
  }

  private static func chromaCorrelation(_ asked: ControlTrack, _ heard: ControlTrack) -> Double {
    func sums(_ track: ControlTrack) -> [Double] {
      (0..<12).map { pitch in
        (0..<track.frameCount).reduce(0) { $0 + Double(track.strength(of: PitchClass(pitch), frame: $1)) }
      }
    }
    return Statistics.correlation(sums(asked), sums(heard)) ?? 0
  }

  /// 1 where the tempo is within a share of what was asked for, octaves aside, else 0; nil where none was asked for.
  func tempo(within tolerance: Double) -> Double? {
    guard let tempoAsked else { return nil }
    guard let tempoHeard else { return 0 }
    return TempoEstimator.agrees(tempoHeard, with: tempoAsked, tolerance: tolerance) ? 1 : 0
  }
}

extension CaptionedClip {
  /// The tempo that a clip of this caption is asked for: what the caption says, or, when beats are asked for too, what
  /// the labels say.
  package func askedTempo(groups: ControlTrack.Groups) -> Double? {
    PromptMusic(caption).tempo ?? (groups.contains(.meter) ? labelledTempo : nil)
  }

  private var labelledTempo: Double? {
    labels["tempo"].flatMap(Double.init).flatMap { $0 > 0 && $0.isFinite ? $0 : nil }
  }
}
