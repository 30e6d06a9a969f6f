import Foundation
import Spectra
import Testing

@Suite struct GriffinLimTests {
  let transform = ShortTimeFourier(fftLength: 3072, hopLength: 768)

  /// Mean convergence over five seeds, as the reference's.
  private func figure(_ samples: [Float], momentum: Float) -> Double {
    let truth = transform.forward(samples).magnitudes
    let algorithm = GriffinLim(transform: transform, momentum: momentum)
    let figures = (0..<5).map { seed in
      let made = algorithm.synthesize(truth, sampleCount: samples.count, phase: .random(seed: UInt64(seed)))
      return convergence(transform.forward(made).magnitudes, truth)
    }
    return figures.reduce(0, +) / 5
  }

  @Test func convergesAsLibrosa() throws {
    for (momentum, reference) in [(Float(0.99), \Reference.Signal.griffinLim), (0, \.classicGriffinLim)] {
      let signals = try Reference.load().signals
      let ours = try signals.map { figure(try Reference.samples($0.name), momentum: momentum) }
      let theirs = signals.map { $0[keyPath: reference] }
      let difference = zip(ours, theirs).map { $0 - $1 }.reduce(0, +) / Double(ours.count)
      #expect(abs(difference) < 0.5, "momentum \(momentum): \(ours) dB, librosa \(theirs)")
    }
  }

  @Test func theTruePhaseIsAFixedPoint() throws {
    let samples = try Reference.samples("tones")
    let frames = transform.forward(samples)
    let made = GriffinLim(transform: transform).synthesize(
      frames.magnitudes, sampleCount: samples.count, iterations: 4, phase: .frames(frames))
    #expect(relativeError(made, samples) < 1e-5)
  }

  @Test func moreIterationsComeNearer() throws {
    let samples = try Reference.samples("chirp")
    let truth = transform.forward(samples).magnitudes
    let algorithm = GriffinLim(transform: transform)
    let figures = [0, 8, 32, 100].map { iterations in
      let made = algorithm.synthesize(
        truth, sampleCount: samples.count, iterations: iterations, phase: .random(seed: 0))
      return convergence(transform.forward(made).magnitudes, truth)
    }
    for (fewer, more) in zip(figures, figures.dropFirst()) { #expect(more < fewer - 2, "\(figures)") }
  }

  @Test func thePhaseIsIntegratedFarBetterThanDrawn() throws {
    // librosa.griffinlim after 32 iterations is where a few from the integrated phase have long been.
    for signal in try Reference.load().signals {
      let samples = try Reference.samples(signal.name)
      let truth = transform.forward(samples).magnitudes
      let algorithm = GriffinLim(transform: transform)
      let figures = [0, 8, 32].map { iterations in
        transform.convergence(
          of: algorithm.synthesize(truth, sampleCount: samples.count, iterations: iterations), to: samples)
      }
      #expect(figures[1] < signal.griffinLim, "\(signal.name): \(figures) dB, librosa \(signal.griffinLim)")
      #expect(figures[2] < signal.griffinLim - 5, "\(signal.name): \(figures) dB, librosa \(signal.griffinLim)")
      #expect(figures[0] < -10)
    }
  }

  /// Three seconds of a bass drum, whose strokes glide from 150 to 45 Hz and sound on into one another.
  private func bassDrum() -> [Float] {
    var samples = [Float](repeating: 0, count: 3 * 44100)
    let length = 22050
    for start in stride(from: 0, to: samples.count - length, by: 9000) {
      var phase = 0.0
      for offset in 0..<length {
        let time = Double(offset) / 44100
        phase += (45 + 105 * exp(-time * 25)) / 44100
        let level = 0.4 * exp(-time * 4) * min(1, time * 400) * min(1, Double(length - offset) / 2000)
        samples[start + offset] += Float(level * sin(2 * Double.pi * phase))
      }
    }
    return samples
  }

  @Test func aFewIterationsAreEnoughForBassDrums() {
    // Integration alone is no better than random phases after 32 iterations; without the low band 8 from there gain 8 dB.
    let samples = bassDrum()
    let truth = transform.forward(samples).magnitudes
    func figure(_ iterations: Int, _ phase: GriffinLim.InitialPhase) -> Double {
      let made = GriffinLim(transform: transform).synthesize(
        truth, sampleCount: samples.count, iterations: iterations, phase: phase)
      return transform.convergence(of: made, to: samples)
    }
    let random = (0..<3).map { figure(32, .random(seed: $0)) }.reduce(0, +) / 3
    let integrated = figure(8, .integrated(seed: 0))
    #expect(integrated < random - 12, "\(integrated) dB, from random phases \(random) dB")
  }

  @Test func anyNumberOfThreadsGivesTheSameBytes() {
    let samples = Signals.noise(count: 150_000, amplitude: 0.3, seed: 11)
    // A hop of 300 samples has no low band.
    for (hop, padding) in [(300, ShortTimeFourier.Padding.zero), (300, .circular), (256, .zero), (256, .circular)] {
      let transform = ShortTimeFourier(fftLength: 1024, hopLength: hop, padding: padding)
      let truth = transform.forward(samples).magnitudes
      for phase in [GriffinLim.InitialPhase.integrated(seed: 1), .random(seed: 1)] {
        let made = [1, 2, 5].map { threads in
          GriffinLim(transform: transform).synthesize(
            truth, sampleCount: samples.count, iterations: 3, phase: phase, threads: threads)
        }
        #expect(made[0] == made[1])
        #expect(made[0] == made[2])
      }
    }
  }

  @Test func aClipOfManySectionsIsAsGoodAsAShortOne() throws {
    // 30 s of the same tones at 1024 / 256: ten sections.
    let tones = try Reference.samples("tones")
    let transform = ShortTimeFourier(fftLength: 1024, hopLength: 256)
    let samples = [[Float]](repeating: tones, count: 40).flatMap { $0 }
    func figure(_ samples: [Float], phase: GriffinLim.InitialPhase) -> Double {
      let made = GriffinLim(transform: transform).synthesize(
        transform.forward(samples).magnitudes, sampleCount: samples.count, phase: phase)
      return transform.convergence(of: made, to: samples)
    }
    for phase in [GriffinLim.InitialPhase.integrated(seed: 0), .random(seed: 0)] {
      let (short, long) = (figure(tones + tones, phase: phase), figure(samples, phase: phase))
      #expect(long < short + 1, "\(long) dB, two repeats alone \(short) dB, \(phase)")
    }
    // The true phase stays a fixed point over the cuts.
    let frames = transform.forward(samples)
    let made = GriffinLim(transform: transform).synthesize(
      frames.magnitudes, sampleCount: samples.count, iterations: 3, phase: .frames(frames))
    #expect(relativeError(made, samples) < 1e-4)
  }

  @Test func magnitudesThatAreNotNumbersAreSilent() {
    let samples = Signals.noise(count: 20000, amplitude: 0.3, seed: 12)
    var magnitudes = transform.forward(samples).magnitudes
    var silenced = magnitudes
    for (index, value) in [(5000, Float.nan), (9000, .infinity), (12000, -1)] {
      magnitudes.values[index] = value
      silenced.values[index] = 0
    }
    let algorithm = GriffinLim(transform: transform)
    #expect(
      algorithm.synthesize(magnitudes, sampleCount: samples.count, iterations: 3)
        == algorithm.synthesize(silenced, sampleCount: samples.count, iterations: 3))
  }

  @Test func silentFramesAreSilent() {
    let count = 768 * 20
    var magnitudes = MagnitudeFrames(binCount: 1537, values: [Float](repeating: 0, count: 1537 * 21))
    let algorithm = GriffinLim(transform: transform)
    #expect(algorithm.synthesize(magnitudes, sampleCount: count).allSatisfy { $0 == 0 })
    for bin in 10..<200 { magnitudes.values[10 * 1537 + bin] = 5 }
    let made = algorithm.synthesize(magnitudes, sampleCount: count)
    #expect(made[(10 * 768 - 700)..<(10 * 768 + 700)].contains { abs($0) > 1e-4 })
    // One window around frame 10 is all that can sound.
    #expect(made[..<(8 * 768)].allSatisfy { $0 == 0 })
    #expect(made[(12 * 768)...].allSatisfy { $0 == 0 })
  }

  @Test func anyLengthComesBackExactlyThatLong() {
    let round = ShortTimeFourier(fftLength: 3072, hopLength: 768, padding: .circular)
    for algorithm in [GriffinLim(transform: transform), GriffinLim(transform: round)] {
      for count in [0, 1, 767, 768, 5000] {
        let samples = Signals.noise(count: count, amplitude: 0.3, seed: 8)
        let truth = algorithm.transform.forward(samples).magnitudes
        for phase in [GriffinLim.InitialPhase.integrated(seed: 0), .random(seed: 0)] {
          let made = algorithm.synthesize(truth, sampleCount: count, iterations: 3, phase: phase)
          #expect(made.count == count)
          #expect(made.allSatisfy { $0.isFinite })
          #expect(count == 0 || made.contains { abs($0) > 1e-3 })
        }
      }
    }
  }
}
