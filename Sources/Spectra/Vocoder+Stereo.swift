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
    let softened = Self.softened([left, right])
    return (softened[0], softened[1])
  }
}

/// Frames as a network makes them.
extension Vocoder {
  /// One channel, or left and right where the frames have both; as `synthesize` of their parts.
  public func synthesize(
    _ frames: SoundFrames, sampleCount: Int? = nil, iterations: Int = 32, seed: UInt64 = 0, isCircular: Bool = false,
    threads: Int = 1
  ) -> [[Float]] {
    guard let stereo = frames.stereo else {
      return [
        synthesize(
          frames.mel, attacks: frames.attacks, sampleCount: sampleCount, iterations: iterations, seed: seed,
          isCircular: isCircular, threads: threads)
      ]
    }
    let (left, right) = synthesize(
      frames.mel, stereo, attacks: frames.attacks, sampleCount: sampleCount, iterations: iterations, seed: seed,
      isCircular: isCircular, threads: threads)
    return [left, right]
  }

  /// Channels, softer as a whole where peaks are above the ceiling, until none is.
  public static func softened(_ channels: [[Float]]) -> [[Float]] {
    let gain = gain(peak: channels.reduce(0) { max($0, peak($1)) })
    return gain < 1 ? channels.map { $0.map { $0 * gain } } : channels
  }
}
