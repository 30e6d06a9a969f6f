import Foundation

extension ShortTimeFourier {
  /// Spectral convergence in decibels, 20 log10(‖|X| − |R|‖ / ‖|R|‖): how far the magnitudes of `samples` are from those
  /// of `reference`; the lower the nearer, −∞ for the same, +∞ where the reference is silent and the samples are not.
  ///
  /// Transforms frame by frame, in memory that does not grow with the clip.
  /// - Precondition: both have as many samples.
  public func convergence(of samples: [Float], to reference: [Float]) -> Double {
    precondition(samples.count == reference.count, "\(samples.count) samples against \(reference.count)")
    let frame = AlignedBuffer(count: fftLength)
    let made = AlignedBuffer(count: 2 * binCount)
    let wanted = AlignedBuffer(count: 2 * binCount)
    var (error, norm) = (0.0, 0.0)
    for index in 0..<frameCount(sampleCount: samples.count) {
      for (clip, spectrum) in [(samples, made.base), (reference, wanted.base)] {
        clip.withUnsafeBufferPointer { load(frame: index, of: $0.baseAddress, count: $0.count, into: frame.base) }
        plan.forward(frame.base, into: spectrum)
      }
      for bin in 0..<binCount {
        let magnitude = hypot(made.base[2 * bin], made.base[2 * bin + 1])
        let truth = hypot(wanted.base[2 * bin], wanted.base[2 * bin + 1])
        error += Double((magnitude - truth) * (magnitude - truth))
        norm += Double(truth * truth)
      }
    }
    return error == 0 ? -.infinity : 10 * log10(error / norm)
  }
}
