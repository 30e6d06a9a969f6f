import Foundation
import Novelty
import Spectra
import Testing

@Suite("Fingerprints: what is the same sound, and what another")
struct FingerprintTests {
  private static let line = [220, 277.2, 329.6, 440, 329.6, 277.2]
  private static let other = [392, 349.2, 311.1, 261.6, 233.1, 196]

  private func print(_ samples: [Float]) -> SoundFingerprint {
    SoundFingerprint(Tones.spectrogram.analyze(samples), mel: .standard)
  }

  @Test("A copy that begins later is near, another line far", arguments: [0.1, 0.5, 1.3])
  func shift(seconds: Double) {
    let original = print(Tones.melody(Self.line))
    let shifted = print(Tones.melody(Self.line, start: seconds))
    let other = print(Tones.melody(Self.other))
    #expect(original.distance(to: shifted) < 0.1 * original.distance(to: other))
  }

  @Test func loudnessDoesNotMatter() {
    let original = print(Tones.melody(Self.line))
    let soft = print(Tones.melody(Self.line, gain: 0.25))
    #expect(original.distance(to: soft) < 0.1 * original.distance(to: print(Tones.melody(Self.other))))
  }

  @Test func rhythmMatters() {
    let slow = print(Tones.melody(Array(repeating: 220, count: 4), noteSeconds: 0.7))
    let fast = print(Tones.melody(Array(repeating: 220, count: 22), noteSeconds: 0.125))
    let same = print(Tones.melody(Array(repeating: 220, count: 4), start: 0.1, noteSeconds: 0.7))
    #expect(slow.distance(to: fast) > 5 * slow.distance(to: same))
  }

  @Test func silence() {
    #expect(print([Float](repeating: 0, count: 44_100)).values == [UInt8](repeating: 0, count: 128))
    let values = print(Tones.melody(Self.line)).values
    #expect(values.count == SoundFingerprint.count)
    #expect(values.contains { $0 > 0 })
  }

  @Test("Any number of bands will do", arguments: [7, 12, 64, 100])
  func bands(count: Int) {
    let mel = MelConfiguration(
      sampleRate: 8000, fftLength: 1024, hopLength: 128, bandCount: count, maximumHertz: 4000)
    let frames = MelSpectrogram(mel).analyze(Array(Tones.melody(Self.line).prefix(8000)))
    let made = SoundFingerprint(frames, mel: mel)
    #expect(made.values.count == 128 && made.values.contains { $0 > 2 })
  }
}
