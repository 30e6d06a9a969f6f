import Foundation
import Parallelism

/// Finds what lies between two channels, in the frames of `MelSpectrogram`.
public final class StereoAnalysis: Sendable {
  /// Power that counts as sound in the middle, so that silence is mono, in decibels relative to a full-scale sine.
  private static let floorDecibels = -90.0

  let transform: ShortTimeFourier
  let bands: StereoBands
  private let floor: Double

  /// - Parameters:
  ///   - configuration: the frames.
  ///   - bandCount: bands to tell apart.
  ///   - isCircular: whether clips are loops.
  /// - Precondition: `configuration.problem` is nil, and every band is at least a bin wide.
  public init(
    _ configuration: MelConfiguration = .standard, bandCount: Int = StereoFrames.standardBandCount,
    isCircular: Bool = false
  ) {
    transform = ShortTimeFourier(configuration, isCircular: isCircular)
    bands = StereoBands(configuration, count: bandCount)
    floor = pow(10, Self.floorDecibels / 10) * transform.fullScale * transform.fullScale
  }

  /// The stereo frames of `left` and `right`, at the configuration's sample rate; as many as the mel frames of one. The same
  /// with any number of threads.
  /// - Precondition: both channels have as many samples.
  public func analyze(left: [Float], right: [Float], threads: Int = 1) -> StereoFrames {
    precondition(left.count == right.count, "\(left.count) samples left, \(right.count) right")
    let frameCount = transform.frameCount(sampleCount: left.count)
    let chunks = FrameChunks(frameCount: frameCount, most: 64)
    let parts = Parallel.map(chunks.count, threads: threads) { chunk in self.images(chunks[chunk], left, right) }
    return StereoFrames(
      bandCount: bands.count, differences: parts.flatMap(\.differences), widths: parts.flatMap(\.widths))
  }

  private func images(_ frames: Range<Int>, _ left: [Float], _ right: [Float]) -> (
    differences: [Float], widths: [Float]
  ) {
    let frame = AlignedBuffer(count: transform.fftLength)
    let spectra = [left, right].map { _ in Spectrum(transform.binCount) }
    var (differences, widths) = ([Float](), [Float]())
    for index in frames {
      for (samples, spectrum) in zip([left, right], spectra) {
        samples.withUnsafeBufferPointer {
          transform.load(frame: index, of: $0.baseAddress, count: $0.count, into: frame.base)
        }
        transform.plan.forward(frame.base, into: spectrum.values.base)
      }
      for bins in bands.bins {
        let image = image(bins, spectra[0].values.base, spectra[1].values.base)
        differences.append(image.difference)
        widths.append(image.width)
      }
    }
    return (differences, widths)
  }

  private func image(
    _ bins: Range<Int>, _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>
  ) -> (difference: Float, width: Float) {
    var (mid, side, product) = (0.0, 0.0, 0.0)
    for place in (2 * bins.lowerBound)..<(2 * bins.upperBound) {
      let (m, s) = (Double(left[place] + right[place]) / 2, Double(left[place] - right[place]) / 2)
      mid += m * m
      side += s * s
      product += m * s
    }
    return StereoFrames.image(mid: mid + floor, side: side, product: product)
  }

  private final class Spectrum {
    let values: AlignedBuffer
    init(_ binCount: Int) { values = AlignedBuffer(count: 2 * binCount) }
  }
}
