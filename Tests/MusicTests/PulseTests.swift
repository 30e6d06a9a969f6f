import Foundation
import Music
import Spectra
import Testing

@Suite("The pulse of a recording")
struct PulseTests {
  private let mel = MelSpectrogram()
  private let estimator = TempoEstimator(framesPerSecond: MelConfiguration.standard.framesPerSecond)

  /// Strokes of noise that die away, from a time on.
  private func strokes(tempo: Double, from first: Double, seconds: Double = 6, decay: Double = 0.06) -> [Float] {
    var samples = [Float](repeating: 0, count: Int(seconds * 44_100))
    var state: UInt64 = 88_172_645_463_325_252
    for beat in 0..<Int((seconds - first) * tempo / 60) {
      let start = Int((first + Double(beat) * 60 / tempo) * 44_100)
      for offset in 0..<min(8000, samples.count - start) {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let noise = Float(Int32(truncatingIfNeeded: state >> 32)) / Float(Int32.max)
        samples[start + offset] += 0.4 * noise * Float(exp(-Double(offset) / (decay * 44_100)))
      }
    }
    return samples
  }

  @Test(
    "Tempo and beats are found to a hundredth of a second",
    arguments: [
      (96.0, 0.0), (120, 0), (137, 0.05), (110, 0.2), (84, 0.3), (150, 0.1),
    ])
  func beats(tempo: Double, first: Double) throws {
    let pulse = try #require(estimator.pulse(of: mel.analyze(strokes(tempo: tempo, from: first))))
    #expect(TempoEstimator.agrees(pulse.tempo, with: tempo, tolerance: 0.01), "\(pulse)")
    let beat = 60 / tempo
    let off = (pulse.firstBeat - first) / beat
    #expect(abs(off - off.rounded()) * beat < 0.015, "\(pulse), wanted \(first)")
    #expect(pulse.clarity > 0.1)
    #expect(abs(pulse.firstBeat) <= 30 / pulse.tempo + 1e-6)
  }

  @Test("A sound that goes on has none that is clear")
  func nothing() {
    let tone = (0..<176_400).map { 0.3 * Float(sin(2 * .pi * 220 * Double($0) / 44_100)) }
    #expect((estimator.pulse(of: mel.analyze(tone))?.clarity ?? 0) < 0.1)
    #expect(estimator.pulse(of: MelFrames(frameCount: 200, bandCount: 192)) == nil)
  }
}
