import Foundation
import Spectra
import Testing

/// How power moves within frames.
@Suite struct AttackTests {
  let analysis = AttackAnalysis()

  /// Noise that strikes at once and fades, over a low tone.
  private func strokes(count: Int, at places: [Int], tone: Float = 0) -> [Float] {
    let noise = Signals.noise(count: count, amplitude: 0.4, seed: 4)
    var samples = Signals.sine(hertz: 55, amplitude: Double(tone), count: count)
    for place in places {
      for offset in 0..<min(8000, count - place) {
        samples[place + offset] += noise[offset] * exp(-Float(offset) / 1500)
      }
    }
    return samples
  }

  /// Milliseconds from −20 to −3 dB of the stroke at a place, of power over 32 samples.
  private func rise(_ samples: [Float], at place: Int) -> Double {
    let powers = ((place - 2000)..<(place + 1500)).map { start in
      samples[(start - 16)..<(start + 16)].reduce(0) { $0 + $1 * $1 }
    }
    guard let peak = powers.max(), let loud = powers.firstIndex(where: { $0 >= peak * 0.5 }),
      let quiet = powers[...loud].lastIndex(where: { $0 < peak * 0.01 })
    else { return 100 }
    return Double(loud - quiet) / 44.1
  }

  @Test func steadySoundsHaveNone() {
    let tone = analysis.analyze(Signals.sine(hertz: 2205, amplitude: 0.5, count: 44100))
    #expect(tone.frameCount == 58)
    #expect(tone.decibels[16..<208].allSatisfy { abs($0) < 0.1 })
    #expect(analysis.analyze([Float](repeating: 0, count: 4000)).decibels.allSatisfy { $0 == 0 })
    #expect(analysis.analyze([]).frameCount == 1)
    // What lies below some hundred hertz is not heard, however it moves.
    let steady = Signals.sine(hertz: 2205, amplitude: 0.5, count: 44100)
    let moving = zip(steady, Signals.sine(hertz: 40, amplitude: 0.4, count: 44100)).map { $0 + $1 }
    #expect(analysis.analyze(moving).decibels[16..<208].allSatisfy { abs($0) < 0.5 })
  }

  @Test("A stroke is seen in its quarter of a hop, in lines and loops")
  func strokesAreSeen() {
    // Frame 20 is centred on sample 15360; its third quarter begins there.
    let samples = strokes(count: 768 * 40, at: [15360])
    for circular in [false, true] {
      let frames = AttackAnalysis(isCircular: circular).analyze(samples)
      let values = Array(frames.decibels[80..<84])
      // A sound that begins here and stays has twice the mean that the window sees, 3 dB; one that decays more, then less.
      #expect(values[0] == -20 && values[1] == -20 && values[2] > 3 && values[2] > values[3], "\(values)")
    }
    let turned = AttackAnalysis(isCircular: true).analyze(Array(samples[15360...] + samples[..<15360]))
    #expect(turned.decibels[0] == -20 && turned.decibels[1] == -20 && turned.decibels[2] > 3)
    #expect(AttackFrames(decibels: [.nan, 90, -90, 3]).decibels == [0, 20, -20, 3])
  }

  @Test("Strokes strike where attacks are known, and a low tone stays as good", arguments: [Float(0), 0.3])
  func strokesStrike(tone: Float) {
    let places = [9000, 20100, 31300]
    let samples = strokes(count: 44100, at: places, tone: tone)
    let mel = MelSpectrogram().analyze(samples)
    let vocoder = Vocoder()
    let without = vocoder.synthesize(mel, sampleCount: samples.count)
    let with = vocoder.synthesize(mel, attacks: analysis.analyze(samples), sampleCount: samples.count)
    #expect(with == vocoder.synthesize(mel, attacks: analysis.analyze(samples), sampleCount: samples.count, threads: 3))
    let transform = ShortTimeFourier(fftLength: 3072, hopLength: 768)
    let figures = [without, with].map { transform.convergence(of: $0, to: samples) }
    #expect(figures[1] < figures[0] + 0.3, "\(figures) dB")
    if tone == 0 {
      for place in places {
        let rises = [samples, without, with].map { rise($0, at: place) }
        #expect(rises[2] < rises[1] && rises[2] < rises[0] + 4.4, "\(rises) ms")
      }
    }
  }

  @Test("Sections of a long clip and a loop keep attacks too", arguments: [false, true])
  func everywhere(isCircular: Bool) {
    let count = 768 * 700
    let places = [9000, 768 * 512 - 300, 768 * 600]
    let samples = strokes(count: count, at: places)
    let mel = MelSpectrogram(isCircular: isCircular).analyze(samples)
    let attacks = AttackAnalysis(isCircular: isCircular).analyze(samples)
    let made = [nil, attacks].map {
      Vocoder().synthesize(mel, attacks: $0, sampleCount: count, iterations: 16, isCircular: isCircular)
    }
    for place in places {
      let rises = made.map { rise($0, at: place) }
      #expect(rises[1] < rises[0], "\(place): \(rises) ms")
    }
  }
}
