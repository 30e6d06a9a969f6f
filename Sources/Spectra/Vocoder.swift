import Foundation

/// Turns mel frames back into sound: band powers, bin magnitudes (`NonnegativeInversion`), phase (`GriffinLim`), and on
/// the way magnitudes and phase together (`JointMagnitude`).
///
/// The inverse of `MelSpectrogram.analyze` as far as one exists: phase is not kept, nor what a band averages, nor
/// anything below bin 1 or above `maximumHertz`. docs/vocoder.md tells how it works and what it measures.
public final class Vocoder: Sendable {
  /// Where the phase starts from.
  public enum Phase: String, Sendable, CaseIterable {
    /// Integrated from the magnitudes, and improved in the lowest bins (`GriffinLim.InitialPhase`).
    case integrated
    /// Random.
    case random
  }

  /// Samples larger than this make the clip softer: 0.2 dB below full scale, room for what lossy coding and converters add
  /// between the samples.
  static let ceiling: Float = 0.977

  public let configuration: MelConfiguration
  let inversion: NonnegativeInversion
  let joint: JointMagnitude
  let griffinLim: GriffinLim
  let circularGriffinLim: GriffinLim

  /// - Precondition: `configuration.problem` is nil.
  public init(_ configuration: MelConfiguration = .standard) {
    if let problem = configuration.problem { preconditionFailure(problem) }
    self.configuration = configuration
    inversion = NonnegativeInversion(.warped(configuration))
    joint = JointMagnitude(inversion)
    func griffinLim(_ padding: ShortTimeFourier.Padding) -> GriffinLim {
      GriffinLim(
        transform: ShortTimeFourier(
          fftLength: configuration.fftLength, hopLength: configuration.hopLength, padding: padding))
    }
    self.griffinLim = griffinLim(.zero)
    circularGriffinLim = griffinLim(.circular)
  }

  /// Mono samples at `configuration.sampleRate` that sound like `mel`; the same for the same seed, with any number of
  /// threads.
  ///
  /// A clip whose peaks would clip is made softer as a whole until they do not; others keep their level.
  ///
  /// - Parameters:
  ///   - mel: frames of `configuration.bandCount` bands; values outside of −1…1 are clipped to it, those that are not
  ///     numbers are silent.
  ///   - attacks: how power moves within the frames, where that is known (`AttackAnalysis`).
  ///   - sampleCount: samples to make, unless said (frameCount − 1) · hopLength, of a loop frameCount · hopLength.
  ///     Frames beyond them are not heard, and samples beyond the frames are silent.
  ///   - iterations: of Griffin-Lim: 32 for keeps, 8 for drafts, 0 for the initial phase alone.
  ///   - seed: of what is left open in the phase to start from.
  ///   - phase: where to start.
  ///   - isCircular: whether the clip is a loop, whose end goes over into its beginning (`MelSpectrogram`'s
  ///     `isCircular`).
  ///   - threads: to use at most.
  /// - Precondition: `mel` has the configuration's bands.
  public func synthesize(
    _ mel: MelFrames, attacks: AttackFrames? = nil, sampleCount: Int? = nil, iterations: Int = 32, seed: UInt64 = 0,
    phase: Phase = .integrated, isCircular: Bool = false, threads: Int = 1
  ) -> [Float] {
    Self.softened(
      asLoud(
        mel, attacks, sampleCount, iterations: iterations, seed: seed, phase: phase, isCircular: isCircular,
        threads: threads))
  }

  /// As `synthesize`, but as loud as the frames are.
  func asLoud(
    _ mel: MelFrames, _ attacks: AttackFrames?, _ sampleCount: Int?, iterations: Int, seed: UInt64, phase: Phase,
    isCircular: Bool, threads: Int
  ) -> [Float] {
    precondition(
      mel.bandCount == configuration.bandCount,
      "mel frames of \(mel.bandCount) bands, wants \(configuration.bandCount)")
    let count = sampleCount ?? max(0, isCircular ? mel.frameCount : mel.frameCount - 1) * configuration.hopLength
    precondition(count >= 0 && iterations >= 0, "\(iterations) iterations for \(count) samples")
    let algorithm = isCircular ? circularGriffinLim : griffinLim
    let magnitudes = MelMagnitudes(
      mel: mel, inversion: inversion, joint: joint, floorDecibels: Float(configuration.floorDecibels),
      fullScale: algorithm.transform.fullScale)
    return algorithm.synthesize(
      from: magnitudes, attacks: attacks, sampleCount: count, iterations: iterations,
      phase: phase == .random ? .random(seed: seed) : .integrated(seed: seed), threads: threads)
  }

  /// The samples, softer as a whole where peaks are above the ceiling, until none is.
  public static func softened(_ samples: [Float]) -> [Float] {
    let gain = gain(peak: peak(samples))
    return gain < 1 ? samples.map { $0 * gain } : samples
  }

  /// The greatest absolute sample.
  static func peak(_ samples: [Float]) -> Float { samples.reduce(0) { max($0, abs($1)) } }

  /// What brings a peak above the ceiling down to it; else 1.
  static func gain(peak: Float) -> Float { peak > ceiling ? ceiling / peak : 1 }
}
