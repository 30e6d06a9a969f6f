import Foundation

/// The partials that stand out of a spectrum.
struct SpectralPeaks {
  struct Peak {
    /// MIDI keys with their fraction: 69 is 440 Hz.
    var key: Float
    /// Amplitude, 1 for a full-scale sine.
    var amplitude: Float
  }

  /// Peaks between two frequencies, at most `rangeDecibels` softer than the loudest bin there; parabolas through the
  /// logarithms of three bins say where between the bins they lie (Smith & Serra 1987).
  static func find(
    in magnitudes: UnsafeBufferPointer<Float>, binHertz: Double, fullScale: Double, hertz: ClosedRange<Double>,
    rangeDecibels: Double, loudest: Float
  ) -> [Peak] {
    let first = max(2, Int((hertz.lowerBound / binHertz).rounded(.down)))
    let last = min(magnitudes.count - 3, Int((hertz.upperBound / binHertz).rounded(.up)))
    guard first <= last else { return [] }
    let floor = max(loudest * Float(pow(10, -rangeDecibels / 20)), Float(fullScale) * 1e-5)
    var peaks: [Peak] = []
    for bin in first...last {
      let middle = magnitudes[bin]
      guard middle > floor, middle >= magnitudes[bin - 1], middle > magnitudes[bin + 1],
        middle > magnitudes[bin - 2], middle > magnitudes[bin + 2]
      else { continue }
      let (left, top, right) = (log(magnitudes[bin - 1] + 1e-20), log(middle), log(magnitudes[bin + 1] + 1e-20))
      let curvature = left - 2 * top + right
      let offset = curvature < 0 ? max(-0.5, min(0.5, 0.5 * (left - right) / curvature)) : 0
      let frequency = (Double(bin) + Double(offset)) * binHertz
      guard hertz.contains(frequency) else { continue }
      peaks.append(
        Peak(
          key: Float(69 + 12 * log2(frequency / 440)),
          amplitude: exp(top - 0.25 * (left - right) * offset) / Float(fullScale)))
    }
    return peaks
  }
}
