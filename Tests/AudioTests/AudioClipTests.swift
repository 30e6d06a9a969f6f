import Audio
import Foundation
import Testing

@Suite("Clips in memory")
struct AudioClipTests {
  @Test("Length in frames and seconds")
  func length() {
    let clip = chord(channels: 2, sampleRate: 48000, frames: 24_000)
    #expect(clip.frameCount == 24_000)
    #expect(clip.duration == 0.5)
  }

  @Test("Mixing is the mean of the channels, and leaves mono as it is")
  func mixing() {
    let clip = AudioClip(channels: [[1, 0, -1], [0, 0, -1], [0.5, 0, -1]], sampleRate: 10)
    #expect(clip.mixed(channelCount: 1) == AudioClip(mono: [0.5, 0, -1], sampleRate: 10))
    let mono = AudioClip(mono: [0.1, 0.2], sampleRate: 10)
    #expect(mono.mixed(channelCount: 1) == mono)
    #expect(mono.samples == [0.1, 0.2])
    #expect(clip.channelCount == 3 && clip.mixed(channelCount: 3) == clip)
    #expect(clip.mixed(channelCount: 2).channels == [[0.75, 0, -1], [0, 0, -1]])
    #expect(mono.mixed(channelCount: 2).channels == [[0.1, 0.2], [0.1, 0.2]])
  }

  @Test("Levels: a full-scale sine has a peak of 1, an rms of 1/√2 and −3.01 dBFS")
  func levels() {
    let clip = AudioClip(mono: sine(441, sampleRate: 44100, frames: 44_100, amplitude: 1), sampleRate: 44100)
    #expect(abs(clip.peak - 1) < 1e-6)
    #expect(abs(clip.rms - Float(0.5).squareRoot()) < 1e-6)
    #expect(abs(clip.loudnessDecibels + 3.0103) < 1e-3)
    #expect(abs(clip.peakDecibels) < 1e-4)
  }

  @Test("The peak is found in any channel and of either sign; silence and emptiness have none")
  func peaks() {
    #expect(AudioClip(channels: [[0.1, 0.2], [0, -0.7]], sampleRate: 10).peak == 0.7)
    let silence = AudioClip(mono: [0, 0], sampleRate: 10)
    #expect(silence.loudnessDecibels == -.infinity)
    #expect(silence.normalized() == silence)
    #expect(AudioClip(mono: [], sampleRate: 10).rms == 0)
  }

  @Test("Normalising scales all channels by one gain")
  func normalising() {
    let clip = AudioClip(channels: [[0.25, 0.5], [-0.125, 0]], sampleRate: 10)
    #expect(clip.normalized(peak: 1) == AudioClip(channels: [[0.5, 1], [-0.25, 0]], sampleRate: 10))
  }

  @Test("Fades begin and end near zero, are symmetrical, and leave the middle alone")
  func fades() {
    let clip = AudioClip(mono: [Float](repeating: 1, count: 1000), sampleRate: 1000)
    let faded = clip.faded(in: 0.1, out: 0.1).samples
    #expect(faded[0] < 1e-3 && faded[999] < 1e-3)
    #expect(faded[100..<900].allSatisfy { $0 == 1 })
    #expect(faded == faded.reversed())
    #expect(zip(faded[0..<100], faded[1...100]).allSatisfy { $0 < $1 })
  }

  @Test("Fades longer than the clip meet in its middle")
  func longFades() {
    let clip = AudioClip(mono: [Float](repeating: 1, count: 100), sampleRate: 100)
    let faded = clip.faded(in: 5, out: 5).samples
    #expect(faded == faded.reversed())
    #expect(faded[49] > 0.99 && faded[0] < 0.01)
    #expect(clip.faded(in: 0, out: 0) == clip)
  }
}
