import Audio
import Foundation
import Instruments
import Music
import Testing

/// A tone with overtones that fall by a sixth each, `seconds` long, with an envelope.
private func tone(
  _ hertz: Double, seconds: Double = 2, overtones: ClosedRange<Int> = 1...8, envelope: (Double) -> Double = { _ in 1 }
) -> [Float] {
  (0..<Int(seconds * 44_100)).map { index in
    let time = Double(index) / 44_100
    let sum = overtones.reduce(0.0) { $0 + sin(2 * .pi * hertz * Double($1) * time + Double($1)) / Double($1) }
    return Float(0.2 * envelope(time) * sum)
  }
}

@Suite("Where a sample begins")
struct SampleBeginningTests {
  @Test("A lone peak before a swell is no attack of a note, and is one of a drum")
  func lonePeak() {
    var samples = [Float](repeating: 0, count: 22_050)
    samples[1000] = 0.4
    for index in 1600..<22_050 { samples[index] = Float(sin(2 * .pi * 300 * Double(index - 1600) / 44_100)) * 0.9 }
    let (note, drum) = (
      SampleShape.attack(of: samples, sampleRate: 44_100, isHeld: true),
      SampleShape.attack(of: samples, sampleRate: 44_100)
    )
    #expect(drum == 1000)
    #expect((1600..<1640).contains(note ?? 0))
    // Without it both are where the swell begins, the note where it is softer.
    samples[1000] = 0
    let swell = SampleShape.attack(of: samples, sampleRate: 44_100) ?? 0
    #expect((note ?? 0) <= swell && swell < (note ?? 0) + 20)
  }

  @Test("Through a player's own fade in a note is heard within 2 ms of its sample, whatever peak came before")
  func heardThroughFade() {
    for gap in [60, 110, 123, 150, 700] {
      var samples = [Float](repeating: 0, count: 22_050)
      samples[1000] = 0.16
      for index in 1000 + gap..<22_050 {
        samples[index] = Float(sin(2 * .pi * 300 * Double(index - 1000 - gap) / 44_100)) * 0.9
      }
      let aligned = SampleShape.aligned(AudioClip(mono: samples, sampleRate: 44_100), isHeld: true).samples
      let heard = aligned.indices.first { abs(aligned[$0]) * min(1, Float($0) / 88) >= 0.09 } ?? .max
      #expect(heard <= 88, "after \(heard) frames, \(gap) behind a lone peak")
    }
  }
}

@Suite("Where a note's pitch lies")
struct NotePitchTests {
  @Test(
    "As many cents off as it was made, from E1 to C6",
    arguments: [(28, 12.0), (33, -31), (45, 0), (60, 4.5), (84, -22)])
  func cents(_ key: Int, _ cents: Double) throws {
    let hertz = 440 * exp2(Double(key - 69) / 12)
    let samples = tone(hertz * exp2(cents / 1200))
    let measured = NotePitch().deviation(of: samples, sampleRate: 44_100, hertz: hertz)?.cents
    let found = try #require(measured)
    let distance = abs(found - cents)
    #expect(distance < 1, "\(found)")
  }

  @Test("Without its fundamental a note has the pitch of its overtones")
  func missingFundamental() throws {
    let samples = tone(82.4 * exp2(15.0 / 1200), overtones: 2...6)
    let measured = NotePitch().deviation(of: samples, sampleRate: 44_100, hertz: 82.4)?.cents
    let found = try #require(measured)
    #expect(abs(found - 15) < 2, "\(found)")
  }

  @Test("A note that is loudest at its end has the pitch that it has throughout")
  func loudestAtItsEnd() throws {
    let end = tone(220 * exp2(45.0 / 1200), seconds: 0.25)
    let samples = tone(220 * exp2(12.0 / 1200)).map { 0.6 * $0 } + end
    func cents(_ pitch: NotePitch) throws -> Double {
      try #require(pitch.deviation(of: samples, sampleRate: 44_100, hertz: 220)).cents
    }
    let (throughout, loudest) = (try cents(NotePitch()), try cents(NotePitch(from: .loudest)))
    #expect(abs(throughout - 12) < 2, "\(throughout)")
    // So were files of revision 3 measured.
    #expect(abs(loudest - 45) < 2, "\(loudest)")
  }

  @Test("Silence has none")
  func silence() {
    #expect(NotePitch().deviation(of: [Float](repeating: 0, count: 44_100), sampleRate: 44_100, hertz: 440) == nil)
  }
}

@Suite("A sample begins with its attack and ends with its sound")
struct SampleShapeTests {
  @Test("Two milliseconds at most before the attack, however late it comes, and no click")
  func aligned() throws {
    for delay in [0, 700, 9000] {
      let quiet = (0..<delay).map { Float(0.003 * sin(Double($0) * 0.3)) }
      let aligned = SampleShape.aligned(clip(quiet + tone(220, seconds: 1))).samples
      let attack = try #require(SampleShape.attack(of: aligned, sampleRate: 44_100))
      #expect(attack <= 88, "\(attack) frames after \(delay)")
      #expect(abs(aligned[0]) < (delay == 0 ? 1 : 1e-3))
    }
  }

  private func clip(_ samples: [Float]) -> AudioClip { AudioClip(mono: samples, sampleRate: 44_100) }

  @Test("Both channels begin and end together, where what they are together does, and have one level")
  func channels() throws {
    let late = [Float](repeating: 0, count: 3000) + tone(220, seconds: 1) { exp(-12 * $0) }
    let early = tone(330, seconds: 1) { 0.5 * exp(-12 * $0) } + [Float](repeating: 0, count: 3000)
    let aligned = SampleShape.aligned(AudioClip(channels: [late, early], sampleRate: 44_100))
    #expect(aligned.channelCount == 2 && aligned.frameCount > late.count - 100)
    #expect(aligned.channels[0][..<2500].allSatisfy { $0 == 0 } && aligned.channels[0][3000...].contains { $0 > 0.3 })
    let ended = SampleShape.ended(aligned)
    #expect(ended.channelCount == 2 && ended.frameCount < aligned.frameCount)
    let level = try #require(SampleShape.level(clip(tone(220, seconds: 1))))
    let both = AudioClip(channels: [tone(220, seconds: 1), tone(220, seconds: 1).map { -$0 }], sampleRate: 44_100)
    #expect(try abs(#require(SampleShape.level(both)) - level) < 1e-9)
    let one = AudioClip(channels: [tone(220, seconds: 1), both.channels[0].map { _ in 0 }], sampleRate: 44_100)
    #expect(try abs(#require(SampleShape.level(one)) - level + 3.01) < 0.01)
  }

  @Test("A slow swell begins where it can first be heard beside its loudest")
  func swell() throws {
    let swelling = tone(220, seconds: 2) { min(1, $0 * $0) }
    let aligned = SampleShape.aligned(clip(swelling)).samples
    let peak = aligned.prefix(22_050).reduce(Float(0)) { max($0, abs($1)) }
    let first = try #require(aligned.firstIndex { abs($0) >= peak / 10 })
    #expect(first <= 88, "\(first)")
  }

  @Test("What is silent behind the sound is cut off, and the end fades")
  func ended() {
    let samples = tone(220, seconds: 3) { exp(-12 * $0) }
    let ended = SampleShape.ended(clip(samples)).samples
    #expect(ended.count > 20_000 && ended.count < 50_000, "\(ended.count)")
    #expect(abs(ended[ended.count - 1]) < 1e-5)
  }
}

@Suite("A held note goes round without a click")
struct SustainLoopTests {
  /// The greatest step between neighbouring samples of the loop, and that at its seam, played twice.
  private func steps(_ samples: [Float], _ frames: Range<Int>) -> (within: Float, seam: Float) {
    let within = frames.dropFirst().reduce(Float(0)) { max($0, abs(samples[$1] - samples[$1 - 1])) }
    return (within, abs(samples[frames.lowerBound] - samples[frames.upperBound - 1]))
  }

  @Test("Of a steady tone, of two that beat, and of one with a vibrato")
  func loops() throws {
    let beating = zip(tone(220, seconds: 4), tone(220.9, seconds: 4)).map { 0.5 * ($0 + $1) }
    let vibrato = (0..<4 * 44_100).map {
      Float(0.3 * sin(2 * .pi * 330 * Double($0) / 44_100 + 2 * sin(Double($0) / 1400)))
    }
    for (made, hertz) in [(tone(220, seconds: 4), 220.0), (beating, 220.45), (vibrato, 330)] {
      var samples = made
      let loop = try #require(SustainLoop(&samples, sampleRate: 44_100, period: 44_100 / hertz))
      #expect(loop.frames.count > 44_100 / 4 && loop.frames.upperBound + 8 == samples.count)
      let steps = steps(samples, loop.frames)
      #expect(steps.seam <= steps.within, "\(steps)")
      // What comes before the end is what comes before the beginning.
      for offset in 1...200 {
        let (end, start) = (samples[loop.frames.upperBound - offset], samples[loop.frames.lowerBound - offset])
        #expect(abs(end - start) < 0.02, "\(offset) frames before the seam")
      }
    }
  }

  @Test("What dies away has none")
  func dying() {
    var samples = tone(220, seconds: 3) { exp(-3 * $0) }
    let before = samples
    #expect(SustainLoop(&samples, sampleRate: 44_100, period: 44_100 / 220) == nil)
    #expect(samples == before)
  }
}
