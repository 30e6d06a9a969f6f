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
      let made = algorithm.synthesize(truth, sampleCount: samples.count, iterations: iterations)
      return convergence(transform.forward(made).magnitudes, truth)
    }
    for (fewer, more) in zip(figures, figures.dropFirst()) { #expect(more < fewer - 2, "\(figures)") }
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
    let algorithm = GriffinLim(transform: transform)
    for count in [0, 1, 767, 768, 5000] {
      let truth = transform.forward(Signals.noise(count: count, amplitude: 0.3, seed: 8)).magnitudes
      let made = algorithm.synthesize(truth, sampleCount: count, iterations: 3)
      #expect(made.count == count)
      #expect(made.allSatisfy { $0.isFinite })
    }
  }
}
