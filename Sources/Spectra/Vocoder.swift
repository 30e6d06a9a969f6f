import Foundation

/// Turns mel frames back into sound: band powers, bin magnitudes (`NonnegativeInversion`), phase (`GriffinLim`).
///
/// The inverse of `MelSpectrogram.analyze` as far as one exists: phase is not kept, nor what a band averages, nor
/// anything below bin 1 or above `maximumHertz`.
public final class Vocoder: Sendable {
  /// Bands below this many decibels are silent: what is quieter is the floor's rounding and the network's error.
  static let silenceDecibels: Float = -97
  /// Samples larger than this make the clip softer: a whisker below full scale, which 24 bits reach exactly.
  static let ceiling: Float = 0.9999

  public let configuration: MelConfiguration
  let inversion: NonnegativeInversion
  let griffinLim: GriffinLim

  /// - Precondition: `configuration.problem` is nil.
  public init(_ configuration: MelConfiguration = .standard) {
    if let problem = configuration.problem { preconditionFailure(problem) }
    self.configuration = configuration
    inversion = NonnegativeInversion(.warped(configuration))
    griffinLim = GriffinLim(
      transform: ShortTimeFourier(fftLength: configuration.fftLength, hopLength: configuration.hopLength))
  }

  /// Mono samples at `configuration.sampleRate` that sound like `mel`; the same for the same seed.
  ///
  /// A clip whose peaks would clip is made softer as a whole until they do not; others keep their level.
  ///
  /// - Parameters:
  ///   - mel: frames of `configuration.bandCount` bands; values outside of −1…1 are clipped to it.
  ///   - sampleCount: samples to make, (frameCount − 1) · hopLength unless said. Frames beyond them are not heard, and
  ///     samples beyond the frames are silent.
  ///   - iterations: of Griffin-Lim: 32 for keeps, 8 for drafts.
  ///   - seed: of the random phase to start from.
  /// - Precondition: `mel` has the configuration's bands.
  public func synthesize(
    _ mel: MelFrames, sampleCount: Int? = nil, iterations: Int = 32, seed: UInt64 = 0
  ) -> [Float] {
    precondition(
      mel.bandCount == configuration.bandCount,
      "mel frames of \(mel.bandCount) bands, wants \(configuration.bandCount)")
    let count = sampleCount ?? max(0, mel.frameCount - 1) * configuration.hopLength
    precondition(count >= 0, "\(count) samples")
    let magnitudes = inversion.magnitudes(
      bandPower: bandPower(mel, frameCount: configuration.frameCount(sampleCount: count)))
    var samples = griffinLim.synthesize(
      magnitudes, sampleCount: count, iterations: iterations, phase: .random(seed: seed))
    soften(&samples)
    return samples
  }

  /// The power of every band, `[frame, band]`, of exactly `frameCount` frames.
  private func bandPower(_ mel: MelFrames, frameCount: Int) -> [Float] {
    let fullScale = griffinLim.transform.fullScale
    let loudest = Float(20 * log10(fullScale))
    let floor = Float(configuration.floorDecibels)
    var power = [Float](repeating: 0, count: frameCount * mel.bandCount)
    for index in 0..<min(power.count, mel.values.count) {
      let decibels = (1 - min(mel.values[index], 1)) / 2 * floor
      // Written so that a value that is not a number is silent.
      if decibels >= Self.silenceDecibels { power[index] = pow(10, (decibels + loudest) / 10) }
    }
    return power
  }

  private func soften(_ samples: inout [Float]) {
    let peak = samples.reduce(0) { max($0, abs($1)) }
    guard peak > Self.ceiling else { return }
    let gain = Self.ceiling / peak
    for index in samples.indices { samples[index] *= gain }
  }
}
