import Audio
import Foundation
import Testing

@Suite("Loops at another sample rate")
struct LoopResamplingTests {
  /// Whole turns of three sines in so many samples.
  private func ring(_ count: Int, turns: [Int] = [3, 40, 171]) -> [Float] {
    (0..<count).map { sample in
      turns.reduce(Float(0)) {
        $0 + 0.3 * Float(sin(2 * .pi * Double($1 * sample % count) / Double(count) + Double($1)))
      }
    }
  }

  /// The greatest error of a ring at another rate: near the seam, and elsewhere.
  private func errors(_ made: [Float]) -> (seam: Float, elsewhere: Float) {
    let exact = ring(made.count)
    let errors = zip(made, exact).map { abs($0 - $1) }
    let reach = made.count / 10
    let seam = max(errors.prefix(reach).max() ?? 0, errors.suffix(reach).max() ?? 0)
    return (seam, errors.dropFirst(reach).dropLast(reach).max() ?? 0)
  }

  @Test(
    "The seam is as exact as every other place, whatever the lengths have in common",
    arguments: [22_050, 5602, 5603, 44_100, 3001], [48_000, 8000, 22_050, 96_000])
  func seam(count: Int, sampleRate: Int) {
    let clip = AudioClip(mono: ring(count), sampleRate: 44_100)
    let made = Resampler.resample(clip, to: sampleRate, isCircular: true)
    #expect(made.frameCount == Int((Double(count) * Double(sampleRate) / 44_100).rounded()))
    let (seam, elsewhere) = errors(made.samples)
    // What 8 kHz cannot hold is left out of both.
    #expect(seam < 1.5 * elsewhere + 1e-4, "seam \(seam), elsewhere \(elsewhere)")
    #expect(seam < 2e-4 || sampleRate == 8000)
    // With silence beyond its ends the seam is wrong by a part of the sound.
    #expect(errors(Resampler.resample(clip, to: sampleRate).samples).seam > 0.03)
  }

  @Test("A ring may begin anywhere: turned, it becomes what it was, turned")
  func turned() {
    let (count, half) = (8820, 4410)
    let samples = ring(count)
    let made = Resampler.resample(AudioClip(mono: samples, sampleRate: 44_100), to: 48_000, isCircular: true).samples
    let turned = Resampler.resample(
      AudioClip(mono: Array(samples[half...] + samples[..<half]), sampleRate: 44_100), to: 48_000, isCircular: true
    ).samples
    for sample in made.indices {
      #expect(abs(turned[sample] - made[(sample + made.count / 2) % made.count]) < 1e-5)
    }
  }

  @Test("Short rings, the same rate and silence", arguments: [1, 2, 7, 100])
  func short(count: Int) {
    let clip = AudioClip(mono: [Float](repeating: 0.25, count: count), sampleRate: 44_100)
    let made = Resampler.resample(clip, to: 48_000, isCircular: true)
    #expect(made.frameCount == Int((Double(count) * 48_000 / 44_100).rounded()))
    // A ring of one value has no ends at which it could become any other.
    #expect(made.samples.allSatisfy { abs($0 - 0.25) < 1e-4 })
    #expect(Resampler.resample(clip, to: 44_100, isCircular: true) == clip)
  }

  @Test("The end of what sounds is found to a hundredth of a second")
  func sounding() {
    var samples = [Float](repeating: 0, count: 44_100)
    for sample in 0..<10_000 { samples[sample] = sample % 2 == 0 ? 0.1 : -0.1 }
    let clip = AudioClip(channels: [samples, [Float](repeating: 1e-4, count: 44_100)], sampleRate: 44_100)
    #expect((10_000...10_441).contains(clip.soundingFrameCount(above: -60)))
    #expect(clip.soundingFrameCount(above: -90) == 44_100)
    #expect(clip.soundingFrameCount(above: 0) == 0)
    #expect(clip.prefix(100).frameCount == 100)
  }
}
