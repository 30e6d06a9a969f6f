import Foundation
import Parallelism

/// Makes left and right from their mean and what lies between them (`StereoFrames`); their mean stays what it was.
///
/// The side is made frame by frame: in each band the mid times α, and the mid's magnitudes on the phases of a decorrelated mid
/// (`VelvetNoise`), made orthogonal to the mid and brought to β² times its power. Overlapping frames blur that, so that the side
/// is transformed again and put right.
public final class StereoSynthesis: Sendable {
  /// How often the side is put right.
  static let corrections = 1
  /// By how much, at most, a band of the decorrelated mid is made louder.
  private static let mostGain: Float = 8

  let transform: ShortTimeFourier
  let bands: StereoBands
  let noise: VelvetNoise

  /// As `StereoAnalysis`.
  public init(
    _ configuration: MelConfiguration = .standard, bandCount: Int = StereoFrames.standardBandCount,
    isCircular: Bool = false
  ) {
    transform = ShortTimeFourier(configuration, isCircular: isCircular)
    bands = StereoBands(configuration, count: bandCount)
    noise = VelvetNoise(sampleRate: configuration.sampleRate)
  }

  /// Left and right: `mid` plus and minus its side. Where frames are missing the side is silent, so that both are the mid
  /// itself. The same with any number of threads.
  /// - Precondition: `frames` has the bands that this was made for.
  public func synthesize(_ mid: [Float], _ frames: StereoFrames, threads: Int = 1) -> (left: [Float], right: [Float]) {
    precondition(frames.bandCount == bands.count, "\(frames.bandCount) stereo bands, wants \(bands.count)")
    var side = noise.filter(mid, isCircular: transform.padding == .circular)
    for round in 0...Self.corrections {
      side = fitted(side, to: mid, frames, takesMagnitudes: round == 0, threads: threads)
    }
    return (zip(mid, side).map { $0 + $1 }, zip(mid, side).map { $0 - $1 })
  }

  /// A mixture of `side` and `mid`, by frames and bands, that lies to the mid as `frames` says.
  /// - Parameter takesMagnitudes: whether only the phases of `side` count, and the mid's magnitudes are put on them.
  private func fitted(
    _ side: [Float], to mid: [Float], _ frames: StereoFrames, takesMagnitudes: Bool, threads: Int
  ) -> [Float] {
    let frameCount = transform.frameCount(sampleCount: mid.count)
    let grid = FrameGrid(transform, frames: 0..<frameCount, sampleCount: mid.count)
    let gathered = AlignedBuffer(count: grid.count)
    let sums = Sums(base: gathered.base)
    let chunks = FrameChunks(frameCount: frameCount, least: transform.fftLength / transform.hopLength + 1)
    let lanes = (0..<max(1, min(threads, chunks.count))).map { _ in Lane(transform, bands) }
    // Every other chunk, then those between: chunks side by side never add to the same samples.
    for first in 0..<2 {
      Parallel.forEach((chunks.count + 1 - first) / 2, threads: lanes.count) { piece, number in
        for frame in chunks[2 * piece + first] where frame < min(frameCount, frames.frameCount) {
          lanes[number].load(frame, side: side, mid: mid, takesMagnitudes: takesMagnitudes)
          lanes[number].fit(frame, frames, mostGain: Self.mostGain)
          self.transform.overlapAdd(lanes[number].frame.base, onto: sums.base + frame * self.transform.hopLength)
        }
      }
    }
    grid.fold(gathered.base)
    let envelope = AlignedBuffer(count: grid.count)
    grid.fillEnvelope(envelope.base, window: transform.window)
    let start = grid.signal.lowerBound
    return (0..<mid.count).map { gathered.base[start + $0] * envelope.base[start + $0] }
  }

  private struct Sums: @unchecked Sendable { let base: UnsafeMutablePointer<Float> }

  /// What a thread works with.
  private final class Lane: @unchecked Sendable {
    /// Bands of less power have no side.
    private static let silence: Float = 1e-20
    /// The samples of the side of one frame, not yet windowed.
    let frame: AlignedBuffer
    private let mid: AlignedBuffer
    private let side: AlignedBuffer
    private let magnitudes: AlignedBuffer
    private let transform: ShortTimeFourier
    private let bands: StereoBands

    init(_ transform: ShortTimeFourier, _ bands: StereoBands) {
      self.transform = transform
      self.bands = bands
      frame = AlignedBuffer(count: transform.fftLength)
      mid = AlignedBuffer(count: 2 * transform.binCount)
      side = AlignedBuffer(count: 2 * transform.binCount)
      magnitudes = AlignedBuffer(count: transform.binCount)
    }

    /// Transforms one frame of both signals.
    func load(_ index: Int, side sideSamples: [Float], mid midSamples: [Float], takesMagnitudes: Bool) {
      load(index, midSamples, into: mid.base)
      load(index, sideSamples, into: side.base)
      guard takesMagnitudes else { return }
      SpectrumArithmetic.power(mid.base, into: magnitudes.base, count: transform.binCount)
      for bin in 0..<transform.binCount { magnitudes.base[bin] = magnitudes.base[bin].squareRoot() }
      SpectrumArithmetic.project(side.base, onto: magnitudes.base, count: transform.binCount)
    }

    /// Makes the side of the frame that is loaded.
    func fit(_ index: Int, _ frames: StereoFrames, mostGain: Float) {
      for (band, bins) in bands.bins.enumerated() {
        let place = index * bands.count + band
        let wanted = StereoFrames.side(difference: frames.differences[place], width: frames.widths[place])
        let (power, product, loudness) = powers(bins)
        guard power > Self.silence else {
          mix(bins, along: 0, across: 0)
          continue
        }
        // The share of the mid that the side has already, and what of it is not the mid.
        let share = product / power
        let rest = max(loudness - share * share * power, 1e-12 * power)
        let gain = min(wanted.across * (power / rest).squareRoot(), mostGain)
        mix(bins, along: wanted.along - gain * share, across: gain)
      }
      transform.plan.inverse(side.base, into: frame.base)
    }

    private func load(_ index: Int, _ samples: [Float], into spectrum: UnsafeMutablePointer<Float>) {
      samples.withUnsafeBufferPointer {
        transform.load(frame: index, of: $0.baseAddress, count: $0.count, into: frame.base)
      }
      transform.plan.forward(frame.base, into: spectrum)
    }

    /// P_M, Re⟨S, M⟩ and P_S of a band.
    private func powers(_ bins: Range<Int>) -> (mid: Float, product: Float, side: Float) {
      let (m, s) = (mid.base, side.base)
      var (power, product, loudness): (Float, Float, Float) = (0, 0, 0)
      for place in (2 * bins.lowerBound)..<(2 * bins.upperBound) {
        power += m[place] * m[place]
        product += m[place] * s[place]
        loudness += s[place] * s[place]
      }
      return (power, product, loudness)
    }

    /// side ← along · mid + across · side, in a band.
    private func mix(_ bins: Range<Int>, along: Float, across: Float) {
      let (m, s) = (mid.base, side.base)
      for place in (2 * bins.lowerBound)..<(2 * bins.upperBound) { s[place] = along * m[place] + across * s[place] }
    }
  }
}
