import Audio
import Foundation
import TestSupport
import Testing

@Suite("Resampling")
struct ResamplerTests {
  @Test(
    "A sine keeps frequency, amplitude and phase: −80 dB from the exact sine at the new rate",
    arguments: [48000, 22050, 96000, 8000], [100.0, 997, 3000])
  func sineIsKept(source: Int, hertz: Double) {
    let clip = AudioClip(mono: sine(hertz, sampleRate: source, frames: source / 2), sampleRate: source)
    let result = Resampler.resample(clip, to: 44100)
    let exact = sine(hertz, sampleRate: 44100, frames: result.frameCount)
    // The ends lean on silence that the exact sine does not have.
    let inner = 2000..<(result.frameCount - 2000)
    #expect(signalToNoiseDecibels(Array(exact[inner]), Array(result.samples[inner])) > 80)
  }

  @Test("What the new rate cannot hold is removed: a 20 kHz sine is 90 dB down at 32 kHz")
  func noAliasing() {
    let clip = AudioClip(mono: sine(20_000, sampleRate: 48000, frames: 24_000), sampleRate: 48000)
    let result = Resampler.resample(clip, to: 32000)
    let inner = AudioClip(mono: Array(result.samples[2000..<14_000]), sampleRate: 32000)
    #expect(inner.loudnessDecibels < clip.loudnessDecibels - 90)
  }

  @Test("Lengths are exactly round(n · ratio), and the last frames are sound, not padding")
  func exactLength() {
    for (source, target) in [(48000, 44100), (44100, 48000), (8000, 44100), (96000, 44100), (44100, 8000)] {
      for frames in [0, 1, 2, 7, 1000, 4410, 10_001] {
        let clip = AudioClip(mono: [Float](repeating: 0.5, count: frames), sampleRate: source)
        let result = Resampler.resample(clip, to: target)
        #expect(result.frameCount == Int((Double(frames) * Double(target) / Double(source)).rounded()))
        #expect(result.sampleRate == target)
        if frames >= 1000 { #expect(result.samples.suffix(2).allSatisfy { $0 > 0.03 }) }
      }
    }
  }

  @Test("An impulse keeps its time")
  func timeIsKept() {
    var samples = [Float](repeating: 0, count: 48_000)
    samples[24_000] = 1
    let result = Resampler.resample(AudioClip(mono: samples, sampleRate: 48000), to: 44100).samples
    #expect(result.indices.max { result[$0] < result[$1] } == 22_050)
  }

  @Test("Channels are converted each by itself")
  func channels() {
    let stereo = chord(channels: 2, sampleRate: 48000, frames: 4800)
    let result = Resampler.resample(stereo, to: 44100)
    for channel in 0..<2 {
      let mono = AudioClip(mono: stereo.channels[channel], sampleRate: 48000)
      #expect(Resampler.resample(mono, to: 44100).samples == result.channels[channel])
    }
  }

  @Test("The same rate changes nothing, and the range of ratios is known")
  func limits() {
    let clip = chord(channels: 2, sampleRate: 44100, frames: 100)
    #expect(Resampler.resample(clip, to: 44100) == clip)
    #expect(Resampler.canResample(from: 44100, to: 44100 * 256))
    #expect(!Resampler.canResample(from: 44100, to: 44100 * 257))
    #expect(!Resampler.canResample(from: 0, to: 44100))
  }

  @Test("Reading at a rate mixes to mono and resamples to the exact length")
  func readAtRate() throws {
    let directory = try TemporaryDirectory()
    let left = sine(440, sampleRate: 48000, frames: 48_000, amplitude: 0.8)
    let silence = [Float](repeating: 0, count: 48_000)
    let url = directory.file("stereo.wav")
    try AudioFile.write(AudioClip(channels: [left, silence], sampleRate: 48000), to: url)
    let clip = try AudioFile.read(url, sampleRate: 44100, channelCount: 1)
    #expect(clip.channels.count == 1)
    #expect(clip.frameCount == 44_100)
    let exact = sine(440, sampleRate: 44100, frames: 44_100, amplitude: 0.4)
    #expect(signalToNoiseDecibels(Array(exact[2000..<42_000]), Array(clip.samples[2000..<42_000])) > 80)
  }
}
