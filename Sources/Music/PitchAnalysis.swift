import Foundation
import Spectra

/// Hears which pitch classes are sounding, and in which octaves, from 49 Hz (G1) to 2.3 kHz (D7).
///
/// Peaks of two spectra, a long one for the bass and a shorter one, quicker to see an attack, above; tuned to the clip;
/// explained as notes with harmonics (`PitchTemplates`); then steadied in time and compared with the strongest class
/// around. docs/experiments/control-analysis.md has the figures behind the settings.
struct PitchAnalysis: Sendable {
  /// Bass below this key is seen through the long window.
  private static let splitKey = 60.0
  /// Frames so much softer than the clip's loudest have no pitch.
  private static let gateDecibels = 40.0
  /// Amplitudes are taken to this power: halfway between power, which hides soft notes, and loudness, which brings up noise.
  private static let amplitudeExponent: Float = 0.8
  /// Frames on either side over which a median is taken, which drops what is shorter than a note.
  private static let medianReach = 2
  /// Frames on either side among which the strongest class is 1.
  private static let referenceReach = 3
  /// Strengths, as parts of the strongest, that become 0 and 1: of pitch classes, and of octaves, into which more harmonics
  /// stray.
  private static let pitchThreshold: ClosedRange<Float> = 0.15...0.4
  private static let octaveThreshold: ClosedRange<Float> = 0.3...0.6
  /// Semitones from a note to its next three harmonics.
  private static let harmonics = [12, 19, 24]

  private let lowTransform = ShortTimeFourier(fftLength: 8192, hopLength: ControlAnalysis.hopLength)
  private let highTransform = ShortTimeFourier(fftLength: 4096, hopLength: ControlAnalysis.hopLength)
  private let templates = PitchTemplates()

  /// Strengths of the pitch classes, `[frame, 12]`, and of the octaves, `[frame, 9]` row-major, all 0 … 1.
  /// - Parameter levels: of each frame, in decibels below full scale.
  func analyze(_ samples: [Float], levels: [Double]) -> (pitches: [Float], octaves: [Float]) {
    let peaks = peaks(of: samples, levels: levels)
    let tuning = Self.tuning(of: peaks)
    let octaveCount = ControlTrack.octaveCount
    var pitches = [Float](repeating: 0, count: levels.count * 12)
    var octaves = [Float](repeating: 0, count: levels.count * octaveCount)
    for (frame, peaks) in peaks.enumerated() where !peaks.isEmpty {
      var notes = [Float](repeating: 0, count: 128)
      for (key, strength) in templates.strengths(of: spectrum(peaks, tuning: tuning)) { notes[key] += strength }
      for (key, strength) in notes.enumerated() where strength > 0 {
        pitches[frame * 12 + PitchClass(key).value] += strength
        // What is no stronger than a note whose harmonic it may be tells of no octave of its own.
        let isOwn = Self.harmonics.allSatisfy { key < $0 || notes[key - $0] < strength }
        if isOwn { octaves[frame * octaveCount + ControlTrack.octave(ofKey: key)] += strength }
      }
    }
    func sounding(_ strengths: [Float], width: Int, threshold: ClosedRange<Float>) -> [Float] {
      let relative = Self.relative(Self.steadied(strengths, width: width), width: width, threshold: threshold)
      return relative.enumerated().map { index, strength in peaks[index / width].isEmpty ? 0 : strength }
    }
    return (
      sounding(pitches, width: 12, threshold: Self.pitchThreshold),
      sounding(octaves, width: octaveCount, threshold: Self.octaveThreshold)
    )
  }

  /// Each frame's peaks, none in quiet frames.
  private func peaks(of samples: [Float], levels: [Double]) -> [[SpectralPeaks.Peak]] {
    var peaks = [[SpectralPeaks.Peak]](repeating: [], count: levels.count)
    let gate = max((levels.max() ?? -.infinity) - Self.gateDecibels, ControlAnalysis.floorDecibels)
    func hertz(_ key: Double) -> Double { 440 * exp2((key - 69) / 12) }
    let lowest = hertz(Double(templates.keys.lowerBound) - 0.6)
    let (split, highest) = (hertz(Self.splitKey), hertz(Double(templates.bins.upperBound)))
    for (transform, range) in [(lowTransform, lowest...split), (highTransform, split...highest)] {
      let finder = SpectralPeaks(
        binHertz: Double(ControlAnalysis.sampleRate) / Double(transform.fftLength), fullScale: transform.fullScale,
        hertz: range)
      transform.forEachFrame(of: samples) { frame, magnitudes in
        if levels[frame] > gate { peaks[frame] += finder.peaks(in: magnitudes) }
      }
    }
    return peaks
  }

  /// How far, in semitones, the clip's peaks lie above the keys at 440 Hz; 0 where they do not agree.
  private static func tuning(of peaks: [[SpectralPeaks.Peak]]) -> Float {
    var (sine, cosine, total): (Float, Float, Float) = (0, 0, 0)
    for peak in peaks.joined() {
      let weight = pow(peak.amplitude, amplitudeExponent)
      sine += weight * sin(2 * .pi * peak.key)
      cosine += weight * cos(2 * .pi * peak.key)
      total += weight
    }
    guard total > 0, hypot(sine, cosine) > 0.3 * total else { return 0 }
    return atan2(sine, cosine) / (2 * .pi)
  }

  /// Peaks on the axis of the templates, each shared by the two semitones around it.
  private func spectrum(_ peaks: [SpectralPeaks.Peak], tuning: Float) -> [Float] {
    var spectrum = [Float](repeating: 0, count: templates.bins.count)
    for peak in peaks {
      let place = peak.key - tuning - Float(templates.bins.lowerBound)
      let below = Int(place.rounded(.down))
      let amount = pow(peak.amplitude, Self.amplitudeExponent)
      for (bin, share) in [(below, Float(below + 1) - place), (below + 1, place - Float(below))]
      where spectrum.indices.contains(bin) {
        spectrum[bin] += share * amount
      }
    }
    return spectrum
  }

  /// The median of each of `width` values over the frames around.
  private static func steadied(_ strengths: [Float], width: Int) -> [Float] {
    let frameCount = strengths.count / width
    var steady = strengths
    for frame in 0..<frameCount {
      let around = max(0, frame - medianReach)...min(frameCount - 1, frame + medianReach)
      for place in 0..<width {
        let sorted = around.map { strengths[$0 * width + place] }.sorted()
        steady[frame * width + place] = sorted[sorted.count / 2]
      }
    }
    return steady
  }

  /// Strengths against the strongest around, weak ones brought to 0 and strong ones to 1 by a smooth step.
  private static func relative(_ strengths: [Float], width: Int, threshold: ClosedRange<Float>) -> [Float] {
    let frameCount = strengths.count / width
    let strongest = (0..<frameCount).map { frame in strengths[frame * width..<(frame + 1) * width].max() ?? 0 }
    var relative = strengths
    for frame in 0..<frameCount {
      let around = max(0, frame - referenceReach)...min(frameCount - 1, frame + referenceReach)
      let reference = strongest[around].max() ?? 0
      for index in frame * width..<(frame + 1) * width {
        let ratio = reference > 0 ? strengths[index] / reference : 0
        let step = (ratio - threshold.lowerBound) / (threshold.upperBound - threshold.lowerBound)
        let place = max(0, min(1, step))
        relative[index] = place * place * (3 - 2 * place)
      }
    }
    return relative
  }
}
