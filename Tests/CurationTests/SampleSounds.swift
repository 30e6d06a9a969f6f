import Audio
import Foundation
import TestSupport

/// Sounds with one property each.
enum SampleSounds {
  static let rate = 44100

  /// A tone that fades in and out, so that its ends are no cuts.
  static func tone(_ hertz: Double, seconds: Double = 0.5, level: Float = 0.5) -> [Float] {
    let count = Int(seconds * Double(rate))
    return (0..<count).map { place in
      let edge = min(1, Float(min(place, count - 1 - place)) / 441)
      return level * edge * Float(sin(2 * .pi * hertz * Double(place) / Double(rate)))
    }
  }

  static func silence(_ seconds: Double) -> [Float] { [Float](repeating: 0, count: Int(seconds * Double(rate))) }

  /// Clicks of noise at a tempo, always the same ones.
  static func beat(_ tempo: Double, seconds: Double = 6) -> [Float] {
    var samples = silence(seconds)
    var state: UInt32 = 1
    for beat in stride(from: 0.0, to: seconds - 0.1, by: 60 / tempo) {
      for offset in 0..<2000 {
        state = state &* 1_664_525 &+ 1_013_904_223
        let noise = Float(state >> 8) / Float(1 << 24) * 2 - 1
        samples[Int(beat * Double(rate)) + offset] = 0.8 * noise * exp(-Float(offset) / 300)
      }
    }
    return samples
  }

  /// Triads one after another, a second each: (root, minor).
  static func chords(_ triads: [(root: Double, third: Double)]) -> [Float] {
    triads.flatMap { root, third in
      let notes = [0, third, 7].map { tone(root * pow(2, $0 / 12), seconds: 1, level: 0.2) }
      return notes[0].indices.map { notes[0][$0] + notes[1][$0] + notes[2][$0] }
    }
  }
}

extension TemporaryDirectory {
  func sound(_ name: String, _ channels: [Float]..., rate: Int = SampleSounds.rate, as format: SampleFormat = .float32)
    throws
  {
    let url = file(name)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try AudioFile.write(AudioClip(channels: channels, sampleRate: rate), to: url, sampleFormat: format)
  }

  func text(_ text: String, as name: String) throws { _ = try write(Array(text.utf8), as: name) }
}
