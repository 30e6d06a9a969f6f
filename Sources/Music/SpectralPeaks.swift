import Foundation

/// Finds the partials that stand out of a spectrum.
struct SpectralPeaks {
  struct Peak {
    /// A MIDI key with its fraction: 69 is 440 Hz.
    var key: Float
    /// 1 for a full-scale sine.
    var amplitude: Float
  }

  /// Peaks so much softer than the frame's loudest bin are left out.
  private static let rangeDecibels = 40.0
  /// A peak is so many times as high as the bins around it are on average, as those of noise seldom are.
  private static let prominence: Float = 2
  /// Bins on either side that are around a peak, but for the two nearest, which are part of it.
  private static let surroundings = 10

  let binHertz: Double
  /// The magnitude of a full-scale sine.
  let fullScale: Double
  /// Where peaks are looked for.
  let hertz: ClosedRange<Double>

  /// The peaks of one frame; parabolas through the logarithms of three bins say where between the bins they lie (Smith &
  /// Serra 1987).
  func peaks(in magnitudes: UnsafeBufferPointer<Float>) -> [Peak] {
    let first = max(2, Int((hertz.lowerBound / binHertz).rounded(.down)))
    let last = min(magnitudes.count - 3, Int((hertz.upperBound / binHertz).rounded(.up)))
    guard first <= last else { return [] }
    let loudest = magnitudes.max() ?? 0
    let floor = max(loudest * Float(pow(10, -Self.rangeDecibels / 20)), Float(fullScale) * 1e-5)
    var peaks: [Peak] = []
    for bin in first...last where magnitudes[bin] > floor && isPeak(bin, of: magnitudes) {
      let (left, right) = (log(magnitudes[bin - 1] + 1e-20), log(magnitudes[bin + 1] + 1e-20))
      let top = log(magnitudes[bin])
      let curvature = left - 2 * top + right
      let offset = curvature < 0 ? max(-0.5, min(0.5, 0.5 * (left - right) / curvature)) : 0
      let frequency = (Double(bin) + Double(offset)) * binHertz
      guard hertz.contains(frequency) else { continue }
      let amplitude = exp(top - 0.25 * (left - right) * offset) / Float(fullScale)
      peaks.append(Peak(key: Float(69 + 12 * log2(frequency / 440)), amplitude: amplitude))
    }
    return peaks
  }

  /// Whether a bin is higher than its neighbours, and enough above those further off.
  private func isPeak(_ bin: Int, of magnitudes: UnsafeBufferPointer<Float>) -> Bool {
    let middle = magnitudes[bin]
    guard middle >= magnitudes[bin - 1], middle > magnitudes[bin + 1], middle > magnitudes[bin - 2],
      middle > magnitudes[bin + 2]
    else { return false }
    var sum: Float = 0
    for near in max(0, bin - Self.surroundings)...min(magnitudes.count - 1, bin + Self.surroundings)
    where abs(near - bin) > 2 {
      sum += magnitudes[near]
    }
    return middle * Float(2 * Self.surroundings - 4) > Self.prominence * sum
  }
}
