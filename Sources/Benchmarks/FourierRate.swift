import Foundation
import Parallelism
import Spectra

/// The vocoder's ceiling: how fast this machine transforms frames when it does nothing else.
public enum FourierRate {
  /// Floating-point operations a second of real transforms of 3072 samples, there and back, counted as FFTW's authors
  /// do: 2.5 N log₂ N each.
  public static func measure(threads: Int, budget: Double = 0.3) -> Double {
    let length = 3072
    let plan = FourierPlan(length: length)
    let repeats = 500
    let seconds = Stopwatch.median(budget: budget) {
      Parallel.forEach(threads, threads: threads) { _ in
        let samples = AlignedBuffer(count: length)
        let spectrum = AlignedBuffer(count: length + 2)
        for _ in 0..<repeats {
          plan.forward(samples.base, into: spectrum.base)
          plan.inverse(spectrum.base, into: samples.base)
        }
      }
    }
    return 2 * 2.5 * Double(length) * log2(Double(length)) * Double(repeats * threads) / seconds
  }
}
