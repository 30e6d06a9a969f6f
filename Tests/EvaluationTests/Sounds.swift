import Foundation
import Spectra
import Tensors

/// Sounds for tests, mono at 44.1 kHz.
enum Sounds {
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

  /// Short bursts of noise at a tempo, every fourth louder.
  static func clicks(beatsPerMinute: Double, seconds: Double = 6) -> [Float] {
    var samples = [Float](repeating: 0, count: Int(seconds * sampleRate))
    var beat = 0
    while true {
      let first = Int(Double(beat) * 60 / beatsPerMinute * sampleRate)
      if first >= samples.count { return samples }
      let noise = RandomSource(seed: UInt64(beat)).normals(count: 1500)
      for index in 0..<min(1500, samples.count - first) {
        samples[first + index] = (beat % 4 == 0 ? 0.4 : 0.2) * noise[index] * exp(-Float(index) / 300)
      }
      beat += 1
    }
  }

  static let spectrogram = MelSpectrogram()
}
