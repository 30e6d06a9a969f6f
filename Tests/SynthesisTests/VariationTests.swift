import Audio
import Foundation
import Music
import Spectra
import Synthesis
import Testing

/// What varies, and what stays.
@Suite("Variations of one aspect") struct VariationTests {
  private let model: SmallModel

  init() throws { model = try SmallModel() }

  private func made(_ aspects: Set<VariationRequest.Aspect>, amount: Double = 0.6, seed: UInt64 = 4) throws -> AudioClip
  {
    var request = GenerationRequest(prompt: "piano", duration: 0.8, steps: 2, seed: 3, vocoderIterations: 4)
    request.variation = VariationRequest(aspects, amount: amount, seed: seed)
    #expect(request.problem == nil)
    return try model.synthesizer(threads: 1).generate([request])[0]
  }

  @Test func levelAloneChangesGainSlowly() throws {
    let (plain, varied) = (try made([.level], amount: 0), try made([.level]))
    #expect(plain != varied && plain.frameCount == varied.frameCount)
    let pairs = zip(plain.samples, varied.samples).filter { abs($0.0) > 1e-3 }
    let gains = pairs.map { 20 * log10($1 / $0) }
    #expect(zip(gains, gains.dropFirst()).allSatisfy { abs($0 - $1) < 0.05 })
    #expect((gains.max() ?? 0) - (gains.min() ?? 0) > 0.2 && varied.peak <= max(0.891, plain.peak))
    #expect(try made([.level]) == varied)
    #expect(try made([.level], seed: 5) != varied)
  }

  @Test func noAmountChangesNothing() throws {
    let request = GenerationRequest(prompt: "piano", duration: 0.8, steps: 2, seed: 3, vocoderIterations: 4)
    let plain = try model.synthesizer(threads: 1).generate([request])[0]
    #expect(try made([.level, .rhythm], amount: 0) == plain)
    #expect(try made([.rhythm]).frameCount == plain.frameCount)
  }

  /// Four strokes, of a band each, at frames 20, 40, 60 and 80.
  private var strokes: MelFrames {
    var frames = MelFrames(frameCount: 100, bandCount: 8, repeating: -1)
    for (number, start) in [20, 40, 60, 80].enumerated() {
      for frame in start..<start + 20 { frames.values[frame * 8 + number] = 0.8 - 0.08 * Float(frame - start) }
    }
    return frames
  }

  /// Where each band first sounds.
  private func starts(_ frames: MelFrames) -> [Int] {
    (0..<4).compactMap { band in (0..<100).first { frames.values[$0 * 8 + band] > 0.3 } }
  }

  @Test(arguments: [nil, 20.0]) func strokesBeginAtOtherTimesInTheirOrder(beat: Double?) {
    var all: Set<[Int]> = []
    for seed in 0..<8 {
      let variation = VariationRequest([.rhythm], amount: 0.7, seed: UInt64(seed))
      let varied = variation.retimed(SoundFrames(mel: strokes), beat: beat).mel
      let found = starts(varied)
      #expect(varied.frameCount == 100 && found.count == 4 && found == found.sorted())
      if let beat {
        #expect(found.allSatisfy { ($0 - 20) % Int(beat / 4) == 0 }, "\(found)")
      }
      // Each stroke is as loud as it was.
      for band in 0..<4 { #expect((0..<100).contains { varied.values[$0 * 8 + band] > 0.7 }) }
      all.insert(found)
    }
    #expect(
      all.count > 4
        && starts(VariationRequest([.rhythm], amount: 0, seed: 1).retimed(SoundFrames(mel: strokes), beat: nil).mel)
          == [20, 40, 60, 80]
    )
    let silence = SoundFrames(mel: MelFrames(frameCount: 50, bandCount: 8))
    #expect(VariationRequest([.rhythm], amount: 1, seed: 1).retimed(silence, beat: nil) == silence)
  }

  @Test func notesMoveWithinTheirScale() throws {
    let chart = try ChordChart("C F G Am", key: nil, beatsPerChord: 2, timeSignature: .common)
    let track = ControlTrack(chords: chart, tempo: 120, timeSignature: .common, frameCount: 240, framesPerSecond: 57.4)
    var changed = 0
    for seed in 0..<6 {
      let varied = VariationRequest([.notes], amount: 0.8, seed: UInt64(seed)).renoted(track)
      for frame in stride(from: 10, to: 220, by: 10) {
        let (old, new) = (track.values(of: .pitch, frame: frame), varied.values(of: .pitch, frame: frame))
        changed += Array(old) == Array(new) ? 0 : 1
        // Of a white key comes a white key, and as many.
        #expect(zip(new.indices, new).allSatisfy { $1 == 0 || [0, 2, 4, 5, 7, 9, 11].contains($0 - new.startIndex) })
        #expect(old.count { $0 > 0 } == new.count { $0 > 0 })
        #expect(varied.beatPhase(frame: frame) == track.beatPhase(frame: frame))
      }
    }
    #expect(changed > 60)
    #expect(VariationRequest([.notes], amount: 0, seed: 1).renoted(track) == track)
  }

  @Test func whatIsMadeIsAsLoudAsItsSourceFromMomentToMoment() {
    func tone(_ hertz: Double, _ level: (Double) -> Double) -> AudioClip {
      let samples = (0..<44_100).map { index -> Float in
        let time = Double(index) / 44_100
        return Float(level(time) * sin(2 * .pi * hertz * time))
      }
      return AudioClip(mono: samples, sampleRate: 44_100)
    }
    let source = tone(440) { 0.1 + 0.3 * $0 }
    let matched = LevelMatch(source: source).applied(to: tone(660) { 0.4 - 0.25 * $0 })
    for start in stride(from: 4410, to: 39_000, by: 4410) {
      func level(_ clip: AudioClip) -> Double {
        10 * log10(clip.samples[start..<start + 2205].reduce(0) { $0 + Double($1 * $1) } / 2205)
      }
      #expect(abs(level(matched) - level(source)) < 0.5)
    }
    let silence = AudioClip(mono: [Float](repeating: 0, count: 44_100), sampleRate: 44_100)
    #expect(LevelMatch(source: source).applied(to: silence) == silence)
  }

  @Test func oldTagsHaveNone() throws {
    let json = try JSONEncoder().encode(GenerationRequest(prompt: "piano"))
    #expect(!String(decoding: json, as: UTF8.self).contains("variation"))
    var request = GenerationRequest(prompt: "piano")
    request.variation = VariationRequest([.level, .timbre], amount: 0.5, seed: 9)
    let again = try JSONDecoder().decode(GenerationRequest.self, from: JSONEncoder().encode(request))
    #expect(again == request && again.variation?.aspects == [.timbre, .level])
  }
}
