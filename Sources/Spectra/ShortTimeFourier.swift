import Foundation

/// The short-time Fourier transform with a periodic Hann window, and its least-squares inverse.
///
/// Frames are centred: frame i looks at samples i·hopLength − fftLength/2 ..< i·hopLength + fftLength/2, what lies
/// outside of the signal being padding. Matches `librosa.stft` and `librosa.istft` with `center=True` and
/// `pad_mode="constant"` (`.zero`), `"reflect"`, or, for signals of whole hops and all but the last frame, `"wrap"`
/// (`.circular`).
public final class ShortTimeFourier: Sendable {
  /// What a frame sees beyond the ends of the signal.
  public enum Padding: Sendable, Equatable {
    /// Silence.
    case zero
    /// The signal mirrored about its first and last sample, as often as it takes.
    case reflect
    /// The signal itself, as it goes round: time is a circle, on which the last frame overlaps the first.
    case circular
  }

  public let fftLength: Int
  public let hopLength: Int
  public let padding: Padding
  /// Bins per frame: fftLength / 2 + 1.
  public var binCount: Int { fftLength / 2 + 1 }
  /// The analysis window.
  let window: [Float]
  let plan: FourierPlan

  /// The transform of a configuration's frames, of loops or of other sounds.
  /// - Precondition: `configuration.problem` is nil.
  convenience init(_ configuration: MelConfiguration, isCircular: Bool) {
    if let problem = configuration.problem { preconditionFailure(problem) }
    self.init(
      fftLength: configuration.fftLength, hopLength: configuration.hopLength, padding: isCircular ? .circular : .zero)
  }

  /// - Precondition: `fftLength` is even, and `hopLength` at most half of it, so that every sample is seen.
  public init(fftLength: Int, hopLength: Int, padding: Padding = .zero) {
    precondition(fftLength > 0 && fftLength % 2 == 0, "an fftLength of \(fftLength): wants an even length")
    precondition(
      hopLength > 0 && hopLength <= fftLength / 2, "a hopLength of \(hopLength): wants 1…\(fftLength / 2)")
    self.fftLength = fftLength
    self.hopLength = hopLength
    self.padding = padding
    window = (0..<fftLength).map { Float(0.5 - 0.5 * cos(2 * Double.pi * Double($0) / Double(fftLength))) }
    fullScale = window.reduce(0) { $0 + Double($1) } / 2
    plan = FourierPlan(length: fftLength)
  }

  /// Frames of `sampleCount` samples: 1 + sampleCount / hopLength; on a circle sampleCount / hopLength rounded up, the
  /// last gap being shorter than a hop where the hop does not divide the length.
  public func frameCount(sampleCount: Int) -> Int {
    guard padding == .circular else { return 1 + sampleCount / hopLength }
    return max(1, (sampleCount + hopLength - 1) / hopLength)
  }

  /// Σw / 2: the magnitude that a full-scale sine reaches in its bin.
  public let fullScale: Double

  /// Copies the samples of one frame, times the window, into `frame`.
  func load(
    frame index: Int, of samples: UnsafePointer<Float>?, count: Int, into frame: UnsafeMutablePointer<Float>
  ) {
    let start = index * hopLength - fftLength / 2
    window.withUnsafeBufferPointer { window in
      guard let window = window.baseAddress else { return }
      let first = min(max(0, -start), fftLength)
      let end = max(first, min(fftLength, count - start))
      if let samples {
        for offset in first..<end { frame[offset] = window[offset] * samples[start + offset] }
      }
      for offset in 0..<first { frame[offset] = window[offset] * padded(samples, start + offset, count) }
      for offset in end..<fftLength { frame[offset] = window[offset] * padded(samples, start + offset, count) }
    }
  }

  /// The sample that padding puts at `position`, outside of 0 ..< count.
  private func padded(_ samples: UnsafePointer<Float>?, _ position: Int, _ count: Int) -> Float {
    guard padding != .zero, let samples, count > 0 else { return 0 }
    if padding == .circular { return samples[((position % count) + count) % count] }
    if count == 1 { return samples[0] }
    let period = 2 * (count - 1)
    let folded = ((position % period) + period) % period
    return samples[min(folded, period - folded)]
  }
}

extension ShortTimeFourier {
  /// The transform of `samples`: frameCount(sampleCount:) frames, unnormalised, as `librosa.stft`.
  public func forward(_ samples: [Float]) -> ComplexFrames {
    let frameCount = frameCount(sampleCount: samples.count)
    let frame = AlignedBuffer(count: fftLength)
    let spectrum = AlignedBuffer(count: 2 * binCount)
    let width = 2 * binCount
    let values = [Float](unsafeUninitializedCapacity: frameCount * width) { values, initializedCount in
      samples.withUnsafeBufferPointer { samples in
        guard let out = values.baseAddress else { return }
        for index in 0..<frameCount {
          load(frame: index, of: samples.baseAddress, count: samples.count, into: frame.base)
          plan.forward(frame.base, into: spectrum.base)
          (out + index * width).initialize(from: spectrum.base, count: width)
        }
      }
      initializedCount = frameCount * width
    }
    return ComplexFrames(binCount: binCount, values: values)
  }

  /// The signal of `sampleCount` samples whose transform is nearest to `frames` (Griffin & Lim 1984, eq. 6), as
  /// `librosa.istft(length:)`: windowed inverse transforms, overlap-added, over the sum of squared windows.
  ///
  /// Samples that no frame reaches are silent; frames beyond the signal's end are ignored there.
  /// - Precondition: on a circle, exactly the frames that `sampleCount` samples have.
  public func inverse(_ frames: ComplexFrames, sampleCount: Int) -> [Float] {
    precondition(frames.binCount == binCount, "frames of \(frames.binCount) bins, wants \(binCount)")
    precondition(sampleCount >= 0, "\(sampleCount) samples")
    precondition(
      padding != .circular || frames.frameCount == frameCount(sampleCount: sampleCount),
      "\(frames.frameCount) frames around \(sampleCount) samples, wants \(frameCount(sampleCount: sampleCount))")
    let frameCount = min(frames.frameCount, frameCount(sampleCount: sampleCount + fftLength))
    let grid = FrameGrid(self, frames: 0..<frameCount, sampleCount: sampleCount)
    let signal = AlignedBuffer(count: grid.count)
    let envelope = AlignedBuffer(count: grid.count)
    grid.fillEnvelope(envelope.base, window: window)
    let frame = AlignedBuffer(count: fftLength)
    let spectrum = AlignedBuffer(count: 2 * binCount)
    frames.values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return }
      for index in 0..<frameCount {
        spectrum.base.update(from: base + index * 2 * binCount, count: 2 * binCount)
        plan.inverse(spectrum.base, into: frame.base)
        overlapAdd(frame.base, onto: signal.base + index * hopLength)
      }
    }
    grid.fold(signal.base)
    for position in 0..<grid.count { signal.base[position] *= envelope.base[position] }
    return Array(UnsafeBufferPointer(start: signal.base + grid.signal.lowerBound, count: sampleCount))
  }

  /// Adds a frame, times the window, to the samples that it covers.
  func overlapAdd(_ frame: UnsafePointer<Float>, onto signal: UnsafeMutablePointer<Float>) {
    window.withUnsafeBufferPointer { window in
      guard let window = window.baseAddress else { return }
      for offset in 0..<fftLength { signal[offset] += window[offset] * frame[offset] }
    }
  }
}

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

extension ShortTimeFourier {
  /// Shows every frame's magnitudes, on the scale of an unnormalised transform, without holding all frames at once.
  package func forEachFrame(
    of samples: [Float], _ body: (_ frame: Int, _ magnitudes: UnsafeBufferPointer<Float>) -> Void
  ) {
    let blockLength = 256
    let frameCount = frameCount(sampleCount: samples.count)
    // So many frames before a block's first make it see the samples before its own.
    let margin = (fftLength / 2 + hopLength - 1) / hopLength
    for first in stride(from: 0, to: frameCount, by: blockLength) {
      let end = min(first + blockLength, frameCount)
      let lead = min(first, margin)
      let start = (first - lead) * hopLength
      let stop = min(samples.count, (end - 1) * hopLength + fftLength / 2)
      let magnitudes = forward(Array(samples[start..<max(start, stop)])).magnitudes
      magnitudes.values.withUnsafeBufferPointer { values in
        for frame in first..<end {
          let row = (frame - first + lead) * binCount
          body(frame, UnsafeBufferPointer(rebasing: values[row..<row + binCount]))
        }
      }
    }
  }
}
