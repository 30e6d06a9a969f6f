import Foundation
import Spectra

/// Tones for tests, mono at 44.1 kHz.
enum Tones {
  static let sampleRate = 44_100.0

  /// Decaying tones with three harmonics, one after another, from `start` seconds on.
  static func melody(
    _ hertz: [Double], start: Double = 0, noteSeconds: Double = 0.25, seconds: Double = 3, gain: Float = 1
  ) -> [Float] {
    var samples = [Float](repeating: 0, count: Int(seconds * sampleRate))
    for (note, pitch) in hertz.enumerated() {
      let first = Int((start + Double(note) * noteSeconds) * sampleRate)
      for index in first..<min(samples.count, first + Int(noteSeconds * sampleRate)) {
        let time = Double(index - first) / sampleRate
        let tone = (1...3).reduce(0.0) { $0 + sin(2 * .pi * pitch * Double($1) * time) / Double($1 * $1) }
        samples[index] += gain * Float(0.3 * exp(-4 * time) * tone)
      }
    }
    return samples
  }

  static let spectrogram = MelSpectrogram()
}
