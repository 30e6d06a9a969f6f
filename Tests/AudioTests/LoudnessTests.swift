import Audio
import Foundation
import Testing

/// ITU-R BS.1770-4: a sine of 997 Hz at 0 dBFS in one channel reads −3.01 LKFS. EBU Tech 3341, case 1: in both channels
/// of a stereo pair at −23 dBFS it reads −23 LUFS.
@Suite("Loudness") struct LoudnessTests {
  private func sine(_ decibels: Double, seconds: Double = 3, channelCount: Int = 1, rate: Int = 48_000) -> AudioClip {
    let samples = (0..<Int(seconds * Double(rate))).map {
      Float(pow(10, decibels / 20) * sin(2 * .pi * 997 * Double($0) / Double(rate)))
    }
    return AudioClip(channels: Array(repeating: samples, count: channelCount), sampleRate: rate)
  }

  @Test("Sines read what the standards say")
  func references() {
    #expect(abs(sine(0).loudness.integrated + 3.01) < 0.1)
    #expect(abs(sine(-23, seconds: 20, channelCount: 2).loudness.integrated + 23) < 0.1)
    #expect(abs(sine(-20, rate: 44_100).loudness.truePeak + 20) < 0.1)
  }

  @Test("Between samples a peak is higher than at them")
  func truePeak() {
    // A quarter of the rate, 45° on: samples of ±√½, a peak of 1.
    let samples = (0..<48_000).map { Float(sin(.pi / 2 * Double($0) + .pi / 4)) }
    #expect(abs(AudioClip(mono: samples, sampleRate: 48_000).loudness.truePeak) < 0.4)
  }

  @Test("A clip comes to the loudness that is asked for, unless its peak forbids it")
  func normalizing() {
    #expect(abs(sine(-40).normalized(toLUFS: -23).loudness.integrated + 23) < 0.01)
    let loud = sine(-40).normalized(toLUFS: 0).loudness
    #expect(abs(loud.truePeak + 1) < 0.01 && loud.integrated < -3.9)
    #expect(abs((sine(-40).normalized(toLUFS: 0).loudnessShortfall(below: 0) ?? 0) - 4.01) < 0.1)
    #expect(sine(-40).normalized(toLUFS: -23).loudnessShortfall(below: -23) == nil)
    let silence = AudioClip(mono: [Float](repeating: 0, count: 1000), sampleRate: 44_100)
    #expect(silence.normalized(toLUFS: -23) == silence)
  }

  @Test("A clip shorter than a block is measured with silence behind it")
  func short() {
    let short = sine(-10, seconds: 0.1).normalized(toLUFS: -30)
    #expect(abs(short.loudness.integrated + 30) < 0.01)
  }
}
