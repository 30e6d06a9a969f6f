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
