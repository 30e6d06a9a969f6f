import Foundation
import Spectra

/// Hears which pitch classes are sounding.
package struct PitchAnalysis: Sendable {
  package struct Settings: Sendable {
    package init() {}
    package var lowFFT = 8192
    package var highFFT = 4096
    package var splitKey: Float = 60
    package var lowestKey = 31
    package var highestKey = 98
    package var highestBin = 115
    package var peakRange = 50.0
    package var harmonics = 8
    package var decay = 0.7
    package var iterations = 30
    package var sparsity: Float = 0
    package var power: Float = 0.6
    package var median = 5
    package var gate = 40.0
    package var low: Float = 0.2
    package var high: Float = 0.5
    package var envelopeFrames = 10
    package var levelRange: Float = 1
  }

  let settings: Settings
  private let lowTransform: ShortTimeFourier
  private let highTransform: ShortTimeFourier
  private let templates: PitchTemplates

  package init(_ settings: Settings) {
    self.settings = settings
    lowTransform = ShortTimeFourier(fftLength: settings.lowFFT, hopLength: ControlAnalysis.hopLength)
    highTransform = ShortTimeFourier(fftLength: settings.highFFT, hopLength: ControlAnalysis.hopLength)
    templates = PitchTemplates(settings)
  }

  func analyze(_ samples: [Float], levels: [Double]) -> [Float] {
    let frameCount = levels.count
    var peaks = [[SpectralPeaks.Peak]](repeating: [], count: frameCount)
    let gate = (levels.max() ?? -.infinity) - settings.gate
    let splitHertz = 440 * pow(2, (Double(settings.splitKey) - 69) / 12)
    let lowest = 440 * pow(2, (Double(settings.lowestKey) - 0.6 - 69) / 12)
    let highest = 440 * pow(2, (Double(settings.highestBin) - 69) / 12)
    for (transform, range) in [(lowTransform, lowest...splitHertz), (highTransform, splitHertz...highest)] {
      let binHertz = Double(ControlAnalysis.sampleRate) / Double(transform.fftLength)
      transform.forEachFrame(of: samples) { frame, magnitudes in
        guard levels[frame] > gate, levels[frame] > ControlAnalysis.floorDecibels else { return }
        peaks[frame] += SpectralPeaks.find(
          in: magnitudes, binHertz: binHertz, fullScale: transform.fullScale, hertz: range,
          rangeDecibels: settings.peakRange, loudest: magnitudes.max() ?? 0)
      }
    }
    let tuning = tuning(peaks)
    var chroma = [Float](repeating: 0, count: frameCount * 12)
    for frame in 0..<frameCount where !peaks[frame].isEmpty {
      var spectrum = [Float](repeating: 0, count: templates.bins.count)
      for peak in peaks[frame] {
        let place = peak.key - tuning - Float(templates.bins.lowerBound)
        let below = Int(place.rounded(.down))
        let amount = pow(peak.amplitude, settings.power)
        for (bin, share) in [(below, 1 - (place - Float(below))), (below + 1, place - Float(below))]
        where spectrum.indices.contains(bin) {
          spectrum[bin] += share * amount
        }
      }
      let notes = templates.activations(spectrum)
      for (note, key) in templates.keys.enumerated() {
        let at = frame * 12 + PitchClass(key).value
        chroma[at] = max(chroma[at], notes[note])
      }
    }
    return shape(chroma, frameCount: frameCount)
  }

  private func tuning(_ peaks: [[SpectralPeaks.Peak]]) -> Float {
    var (sine, cosine, total): (Float, Float, Float) = (0, 0, 0)
    for peak in peaks.joined() {
      let weight = pow(peak.amplitude, settings.power)
      sine += weight * sin(2 * .pi * peak.key)
      cosine += weight * cos(2 * .pi * peak.key)
      total += weight
    }
    guard total > 0, hypot(sine, cosine) / total > 0.3 else { return 0 }
    return atan2(sine, cosine) / (2 * .pi)
  }

  private func shape(_ chroma: [Float], frameCount: Int) -> [Float] {
    var smooth = chroma
    let reach = settings.median / 2
    if reach > 0 {
      for frame in 0..<frameCount {
        for pitch in 0..<12 {
          let span = max(0, frame - reach)...min(frameCount - 1, frame + reach)
          let sorted = span.map { chroma[$0 * 12 + pitch] }.sorted()
          smooth[frame * 12 + pitch] = sorted[sorted.count / 2]
        }
      }
    }
    let peaks = (0..<frameCount).map { frame in smooth[frame * 12..<frame * 12 + 12].max() ?? 0 }
    var result = smooth
    let overall = peaks.max() ?? 0
    for frame in 0..<frameCount {
      let reach = settings.envelopeFrames
      let span = max(0, frame - reach)...min(frameCount - 1, frame + reach)
      let reference = max(span.map { peaks[$0] }.max() ?? 0, settings.levelRange * 0 * overall)
      for pitch in 0..<12 {
        let ratio = reference > 0 ? smooth[frame * 12 + pitch] / reference : 0
        let t = max(0, min(1, (ratio - settings.low) / (settings.high - settings.low)))
        result[frame * 12 + pitch] = t * t * (3 - 2 * t)
      }
    }
    return result
  }
}
