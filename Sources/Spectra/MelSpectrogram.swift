import Foundation

/// Analyses audio into log-mel frames.
///
/// For each frame, with X the windowed transform and T the `MelFilterbank.warped` bank, whose triangles sum to 1:
///
///     P_b   = Σ_k T_bk |X_k|²                               mean power of the band's bins
///     dB_b  = 10 · log10(P_b / (Σw / 2)²)                   0 dB: every bin as strong as a full-scale sine's peak
///     value = 1 − 2 · clip(dB_b, floorDecibels, 0) / floorDecibels
///
/// P_b is a triangle of height 1 divided by its *area*, the sum of its weights over the bins. A full-scale sine in the
/// middle of a bin reads 0 dB where bands are bins (below about 470 Hz); higher up its peak is averaged over a band a
/// few bins wide and reads lower (−12 dB at 18 kHz), while noise of equal density reads the same everywhere.
public final class MelSpectrogram: Sendable {
  public let configuration: MelConfiguration
  /// Centre of each band, in hertz.
  public let bandCenterHertz: [Float]
  package let filterbank: MelFilterbank
  let transform: ShortTimeFourier

  /// - Parameters:
  ///   - configuration: the bands.
  ///   - isCircular: whether samples are loops: the first frame then sees the end of the last samples, and the last
  ///     frame the beginning of the first, instead of silence.
  /// - Precondition: `configuration.problem` is nil.
  public init(_ configuration: MelConfiguration = .standard, isCircular: Bool = false) {
    if let problem = configuration.problem { preconditionFailure(problem) }
    self.configuration = configuration
    filterbank = .warped(configuration)
    bandCenterHertz = filterbank.centerHertz.map { Float($0) }
    transform = ShortTimeFourier(configuration, isCircular: isCircular)
  }

  /// The mel frames of mono `samples` at `configuration.sampleRate`: 1 + samples.count / hopLength frames, of a
  /// loop samples.count / hopLength rounded up.
  ///
  /// Beyond its ends the signal is silent, or goes round. A sample that is not finite spoils the frames that see it, whose values then
  /// mean nothing but stay within −1…1; files never bring one, as reading them rejects it. May be called from several
  /// threads at once.
  public func analyze(_ samples: [Float]) -> MelFrames {
    let frameCount = transform.frameCount(sampleCount: samples.count)
    let bandCount = configuration.bandCount
    let values = [Float](unsafeUninitializedCapacity: frameCount * bandCount) { values, initializedCount in
      if let out = values.baseAddress {
        samples.withUnsafeBufferPointer { analyze($0, frameCount: frameCount, into: out) }
      }
      initializedCount = frameCount * bandCount
    }
    return MelFrames(bandCount: bandCount, values: values)
  }

  private func analyze(
    _ samples: UnsafeBufferPointer<Float>, frameCount: Int, into out: UnsafeMutablePointer<Float>
  ) {
    let frame = AlignedBuffer(count: transform.fftLength)
    let spectrum = AlignedBuffer(count: 2 * transform.binCount)
    let power = AlignedBuffer(count: transform.binCount)
    for index in 0..<frameCount {
      transform.load(frame: index, of: samples.baseAddress, count: samples.count, into: frame.base)
      transform.plan.forward(frame.base, into: spectrum.base)
      for bin in 0..<transform.binCount {
        let (re, im) = (spectrum.base[2 * bin], spectrum.base[2 * bin + 1])
        power.base[bin] = re * re + im * im
      }
      let bands = out + index * configuration.bandCount
      filterbank.apply(power.base, into: bands)
      level(bands)
    }
  }

  /// Turns one frame's band powers into values, in place.
  private func level(_ bands: UnsafeMutablePointer<Float>) {
    let reference = Float(1 / (transform.fullScale * transform.fullScale))
    let floor = Float(configuration.floorDecibels)
    for band in 0..<configuration.bandCount {
      let decibels = 10 * log10(bands[band] * reference)
      // Written so that a level that is not a number falls to the floor.
      let clipped = decibels > floor ? min(decibels, 0) : floor
      bands[band] = 1 - 2 * (clipped / floor)
    }
  }
}
