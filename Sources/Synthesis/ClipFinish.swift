package import Audio
import Foundation

/// The last touch of a clip: what is silent at its end is cut off, its ends fade, and it gets its level.
///
/// A clip that is cut out of what the network makes ends in mid-sound, often with the beginning of a stroke that would come
/// next: the frames there see half a window beyond the end.
package struct ClipFinish {
  /// Long enough that nothing clicks, and short enough for an attack.
  static let fadeInSeconds = 0.005
  static let fadeOutSeconds = 0.03
  /// What is softer at the end is silence, relative to full scale and to the clip's peak.
  static let silenceDecibels: Float = -60
  static let relativeSilenceDecibels: Float = -60
  /// A clip is cut to no less.
  static let shortestSeconds = 0.1

  private let request: GenerationRequest
  private let source: SourceSound?
  private let sampleCount: Int?
  private let levelSource: AudioClip?

  init(_ plan: ClipPlan) {
    (request, source, sampleCount) = (plan.request, plan.source, plan.clipSampleCount)
    levelSource = plan.levelSource
  }

  /// The clip of made channels.
  func finished(_ channels: [[Float]], sampleRate: Int) -> AudioClip {
    var clip = AudioClip(channels: channels, sampleRate: sampleRate)
    if source?.isReturned != true {
      if request.trims == true { clip = Self.trimmed(clip, keeping: source?.kept.last?.upperBound ?? 0) }
      if let sampleCount { clip = clip.prefix(sampleCount) }
      if let setCount = setCount(sampleRate) { clip = clip.prefix(setCount) }
      if !request.isOfFirstRevision { clip = faded(clip) }
      if let sampleCount { clip = clip.padded(to: sampleCount) }
      if let setCount = setCount(sampleRate) { clip = clip.prefix(setCount).padded(to: setCount) }
    }
    let levelled = levelled(levelSource.map { LevelMatch(source: $0).applied(to: clip) } ?? clip)
    return request.variation?.levelled(levelled) ?? levelled
  }

  /// The samples that all relatives of a set have; nil where each has its own.
  private func setCount(_ sampleRate: Int) -> Int? {
    request.relation?.seconds.map { max(1, Int(($0 * Double(sampleRate)).rounded())) }
  }

  /// The clip up to where it is silent for good, and as much more as it takes to fade; of a silent clip, which says nothing of
  /// where it could end, all.
  /// - Parameter least: samples that stay.
  package static func trimmed(_ clip: AudioClip, keeping least: Int = 0) -> AudioClip {
    let silence = max(silenceDecibels, clip.peakDecibels + relativeSilenceDecibels)
    let sounding = clip.soundingFrameCount(above: silence)
    guard sounding > 0 else { return clip }
    let (fade, shortest) = (fadeOutSeconds * Double(clip.sampleRate), shortestSeconds * Double(clip.sampleRate))
    return clip.prefix(min(clip.frameCount, max(sounding + Int(fade), least, Int(shortest))))
  }

  /// Fades where the clip neither goes round nor ends with a recording's own samples.
  private func faded(_ clip: AudioClip) -> AudioClip {
    guard request.edit?.isLoop != true else { return clip }
    let kept = source?.kept ?? []
    let keepsBeginning = kept.first?.lowerBound == 0
    let keepsEnd = kept.last.map { $0.upperBound >= clip.frameCount } ?? false
    // What does not die away in the tail by itself is led out in its last third.
    let fadeOut = max(Self.fadeOutSeconds, (request.tail ?? 0) / 3)
    return clip.faded(in: keepsBeginning ? 0 : Self.fadeInSeconds, out: keepsEnd ? 0 : fadeOut)
  }

  /// The clip at the loudness or the peak that is asked for; else a variation of a recording at that of the recording.
  private func levelled(_ clip: AudioClip) -> AudioClip {
    if let lufs = request.lufs { return clip.normalized(toLUFS: lufs) }
    if let peak = request.peak { return clip.normalized(peak: Float(pow(10, peak / 20))) }
    guard !request.isOfFirstRevision, let source, source.kept.isEmpty, !source.isReturned,
      let loudness = source.loudness
    else { return clip }
    return clip.normalized(toLUFS: loudness)
  }
}
