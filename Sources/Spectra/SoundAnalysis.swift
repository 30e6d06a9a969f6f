/// Analyses sounds of one or two channels into the frames that a network learns.
public final class SoundAnalysis: Sendable {
  public let layout: FrameLayout
  private let spectrogram: MelSpectrogram
  private let stereo: StereoAnalysis?
  private let attacks: AttackAnalysis?

  /// - Parameter isCircular: whether sounds are loops.
  /// - Precondition: `configuration.problem` is nil, and so is what the parts say of it.
  public init(_ configuration: MelConfiguration, parts: FrameParts, isCircular: Bool = false) {
    if let problem = parts.problem(in: configuration) { preconditionFailure(problem) }
    layout = FrameLayout(configuration, parts: parts)
    spectrogram = MelSpectrogram(configuration, isCircular: isCircular)
    stereo =
      parts.stereoBandCount == 0
      ? nil : StereoAnalysis(configuration, bandCount: parts.stereoBandCount, isCircular: isCircular)
    attacks = parts.hasAttacks ? AttackAnalysis(configuration, isCircular: isCircular) : nil
  }

  /// The frames of a sound at the configuration's sample rate; one channel lies in the middle of two.
  /// - Parameter channels: one, or left and right where the frames have both.
  /// - Precondition: all channels have as many samples.
  public func analyze(_ channels: [[Float]], threads: Int = 1) -> SoundFrames {
    precondition(
      (1...layout.parts.channelCount).contains(channels.count),
      "\(channels.count) channels for frames of \(layout.parts.channelCount)")
    let mid = channels.count == 1 ? channels[0] : zip(channels[0], channels[1]).map { ($0 + $1) / 2 }
    let mel = spectrogram.analyze(mid)
    let image = stereo.map { stereo in
      channels.count == 2
        ? stereo.analyze(left: channels[0], right: channels[1], threads: threads)
        : StereoFrames(monoFrameCount: mel.frameCount, bandCount: layout.parts.stereoBandCount)
    }
    return SoundFrames(mel: mel, stereo: image, attacks: attacks?.analyze(mid))
  }
}
