/// Finds the attack values of sounds, in the frames of `MelSpectrogram`.
public final class AttackAnalysis: Sendable {
  private let transform: ShortTimeFourier
  private let meter: AttackMeter

  /// - Precondition: `configuration.problem` is nil, and its hop divides into quarters of whole vectors, as the standard's.
  public init(_ configuration: MelConfiguration = .standard, isCircular: Bool = false) {
    transform = ShortTimeFourier(configuration, isCircular: isCircular)
    guard let meter = AttackMeter(transform) else {
      preconditionFailure("a hop of \(configuration.hopLength) has no attack values")
    }
    self.meter = meter
  }

  /// The attack values of mono `samples` at the configuration's sample rate, of as many frames as the mel frames.
  public func analyze(_ samples: [Float]) -> AttackFrames {
    let frameCount = transform.frameCount(sampleCount: samples.count)
    let grid = FrameGrid(transform, frames: 0..<frameCount, sampleCount: samples.count)
    let signal = AlignedBuffer(count: grid.count)
    for (index, sample) in samples.enumerated() { signal.base[grid.signal.lowerBound + index] = sample }
    grid.unfold(signal.base)
    let count = meter.quarterCount(frameCount: frameCount)
    let upper = AlignedBuffer(count: count * meter.quarter)
    let powers = AlignedBuffer(count: count)
    let means = AlignedBuffer(count: count * meter.quarter)
    meter.fillUpper(signal.base, into: upper.base, count: count, means: means.base)
    meter.fillPowers(upper.base, into: powers.base, count: count)
    let values = (0..<frameCount).map { meter.decibels(powers.base, frame: $0) }
    return AttackFrames(decibels: values.flatMap { [$0[0], $0[1], $0[2], $0[3]] })
  }
}
