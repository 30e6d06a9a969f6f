/// Two channels: the phase is found once, on their mean.
extension Vocoder {
  /// Left and right at `configuration.sampleRate`, whose mean sounds like `mel` and which lie to each other as `stereo` says.
  ///
  /// As `synthesize` of one channel, of which this is the mean; clips whose peaks would clip are made softer as a whole, both
  /// channels by as much.
  /// - Precondition: `mel` has the configuration's bands.
  public func synthesize(
    _ mel: MelFrames, _ stereo: StereoFrames, attacks: AttackFrames? = nil, sampleCount: Int? = nil,
    iterations: Int = 32, seed: UInt64 = 0, phase: Phase = .integrated, isCircular: Bool = false, threads: Int = 1
  ) -> (left: [Float], right: [Float]) {
    let mid = asLoud(
      mel, attacks, sampleCount, iterations: iterations, seed: seed, phase: phase, isCircular: isCircular,
      threads: threads)
    let synthesis = StereoSynthesis(configuration, bandCount: stereo.bandCount, isCircular: isCircular)
    let (left, right) = synthesis.synthesize(mid, stereo, threads: threads)
    let gain = Self.gain(peak: max(Self.peak(left), Self.peak(right)))
    guard gain < 1 else { return (left, right) }
    return (left.map { $0 * gain }, right.map { $0 * gain })
  }
}
