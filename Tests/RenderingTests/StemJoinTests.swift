import Foundation
import Rendering
import Spectra
import Testing

@Suite("Parts of a stem, joined")
struct StemJoinTests {
  private let mel = MelConfiguration.standard
  private let rate = 44_100

  private func tone(_ range: Range<Int>, hertz: Double = 220, phase: Double = 0) -> [Float] {
    range.map { Float(0.3 * sin(2 * .pi * hertz * Double($0) / 44_100 + phase)) }
  }

  /// A tone as a part of its own.
  private func part(_ own: Range<Int>, made: Range<Int>, phase: Double = 0) -> StemJoin.Part {
    StemJoin.Part(own: own, made: made, frames: SoundFrames(mel: MelSpectrogram(mel).analyze(tone(made, phase: phase))))
  }

  private func level(_ samples: some Collection<Float>) -> Float {
    (samples.reduce(0) { $0 + $1 * $1 } / Float(max(1, samples.count))).squareRoot()
  }

  @Test("A tone that goes on does not jump, dip or swell, whatever its phase is", arguments: [0, 1.5, 3.0])
  func joins(phase: Double) {
    let parts = [
      part(0..<44_100, made: -22_050..<50_000), part(44_100..<88_200, made: 22_050..<95_000, phase: phase),
    ]
    let frames = StemJoin(parts, mel: mel).frames(sampleCount: 88_200).mel
    #expect(frames.frameCount == mel.frameCount(sampleCount: 88_200))
    let sound = Vocoder(mel).synthesize(frames, sampleCount: 88_200)
    let steps = zip(sound, sound.dropFirst()).map { abs($1 - $0) }
    #expect((steps[38_000..<46_000].max() ?? 1) < 1.3 * (steps[10_000..<20_000].max() ?? 0))
    let usual = level(sound[15_000..<30_000])
    for start in stride(from: 38_000, to: 46_000, by: 1000) {
      #expect(abs(20 * log10(level(sound[start..<start + 1000]) / usual)) < 1.5, "at \(start)")
    }
  }

  @Test("What a part has of a bar line's far side is not heard, and what is between frames is read between them")
  func sides() {
    func steady(_ value: Float, _ own: Range<Int>, _ made: Range<Int>) -> StemJoin.Part {
      StemJoin.Part(
        own: own, made: made,
        frames: SoundFrames(
          mel: MelFrames(
            frameCount: mel.frameCount(sampleCount: made.count), bandCount: mel.bandCount, repeating: value)))
    }
    let parts = [steady(0.2, 0..<44_100, -22_050..<50_000), steady(-0.2, 44_100..<88_200, 22_050..<95_000)]
    let frames = StemJoin(parts, mel: mel).frames(sampleCount: 88_200).mel
    let line = 44_100 / mel.hopLength
    #expect((0..<line - 5).allSatisfy { abs(frames[$0, 7] - 0.2) < 1e-5 })
    #expect((line - 1..<frames.frameCount).allSatisfy { abs(frames[$0, 7] + 0.2) < 1e-5 })
    let fading = (line - 5...line - 1).map { frames[$0, 7] }
    #expect(fading == fading.sorted(by: >) && fading.contains { $0 < 0.19 && $0 > -0.19 }, "\(fading)")
    let values = (0..<115 * mel.bandCount).map { Float($0 / mel.bandCount) / 200 }
    let rising = StemJoin.Part(
      own: 0..<88_200, made: 384..<88_200, frames: SoundFrames(mel: MelFrames(bandCount: mel.bandCount, values: values))
    )
    let between = StemJoin([rising], mel: mel).frames(sampleCount: 80_000).mel
    #expect(abs(between[10, 3] - 9.5 / 200) < 1e-5)
  }

  @Test("Behind a rest a part begins with its own, and before one it rings")
  func rests() {
    let parts = [nil, part(44_100..<88_200, made: 22_050..<120_000), nil]
    let frames = StemJoin(parts, mel: mel).frames(sampleCount: 132_300).mel
    let sounding = (0..<frames.frameCount).filter { frames[$0, 10] > MelFrames.silence || frames[$0, 9] > -1 }
    #expect(sounding.first == 44_100 / mel.hopLength - 1 && sounding.last == (120_000 - 1) / mel.hopLength)
  }

  @Test("Notes that rest for long leave silence between them")
  func silence() {
    let sound = tone(0..<132_300)
    let rested = StemRests.silenced(sound, notes: [(1.0, 1.5)], sampleRate: rate)
    #expect(rested[44_100..<100_000].elementsEqual(sound[44_100..<100_000]))
    #expect(rested[..<42_900].allSatisfy { $0 == 0 } && rested[130_000...].allSatisfy { $0 == 0 })
  }
}
