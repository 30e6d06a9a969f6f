import Foundation
import Spectra
import Testing

@Suite struct VocoderTests {
  let spectrogram = MelSpectrogram()
  let vocoder = Vocoder()

  @Test func theSameSeedGivesTheSameSamples() throws {
    let mel = spectrogram.analyze(try Reference.samples("tones"))
    let first = vocoder.synthesize(mel, iterations: 4, seed: 7)
    #expect(first == vocoder.synthesize(mel, iterations: 4, seed: 7))
    #expect(first == Vocoder().synthesize(mel, iterations: 4, seed: 7))
    #expect(first != vocoder.synthesize(mel, iterations: 4, seed: 8))
    #expect(first == vocoder.synthesize(mel, iterations: 4, seed: 7, threads: 2))
    let random = vocoder.synthesize(mel, iterations: 4, seed: 7, phase: .random)
    #expect(random == vocoder.synthesize(mel, iterations: 4, seed: 7, phase: .random, threads: 2))
    #expect(random != first)
  }

  @Test(arguments: [55.0, 220, 443, 1760, 7040])
  func aToneKeepsItsPitchAndLevel(hertz: Double) {
    let made = vocoder.synthesize(
      spectrogram.analyze(Signals.sine(hertz: hertz, amplitude: 0.5, count: 44100)), sampleCount: 44100)
    let middle = Array(made[8192..<(8192 + 24576)])
    // A tone is known by its band, and its phase is guessed: a third of the distance between bands (a bin at the
    // least).
    let centers = spectrogram.bandCenterHertz.map { Double($0) }
    let above = centers.firstIndex { $0 > hertz } ?? 1
    let tolerance = (centers[above] - centers[above - 1]) / 3
    let loudest = stride(from: hertz - 60, through: hertz + 60, by: 0.5).max {
      strength(middle, $0) < strength(middle, $1)
    }
    #expect(abs((loudest ?? 0) - hertz) <= tolerance, "\(loudest ?? 0) Hz for \(hertz)")
    let power = middle.reduce(0) { $0 + Double($1) * Double($1) } / Double(middle.count)
    #expect(abs(10 * log10(power / 0.125)) < 2, "\(10 * log10(power / 0.125)) dB")
  }

  /// |X| at any frequency, under a Hann window.
  private func strength(_ samples: [Float], _ hertz: Double) -> Double {
    var (re, im) = (0.0, 0.0)
    for (index, sample) in samples.enumerated() {
      let place = Double(index)
      let value = Double(sample) * (0.5 - 0.5 * cos(2 * Double.pi * place / Double(samples.count)))
      let angle = 2 * Double.pi * hertz * place / 44100
      re += value * cos(angle)
      im -= value * sin(angle)
    }
    return re * re + im * im
  }

  @Test func whatIsHeardAnalysesBackToTheSameMel() throws {
    for (name, limit) in [("tones", 2.0), ("chirp", 2.0), ("bursts", 2.0)] {
      // Half as loud, so that nothing is softened.
      let samples = try Reference.samples(name).map { $0 / 2 }
      let mel = spectrogram.analyze(samples)
      let again = spectrogram.analyze(vocoder.synthesize(mel, sampleCount: samples.count))
      #expect(again.frameCount == mel.frameCount)
      // Decibels, over the values within 60 dB of the loudest.
      let audible = zip(mel.values, again.values).filter { $0.0 > (mel.values.max() ?? 0) - 1.2 }
      let error = audible.reduce(0) { $0 + 50 * Double(abs($1.0 - $1.1)) } / Double(audible.count)
      #expect(error < limit, "\(name): mean error \(error) dB over \(audible.count) values")
      #expect(audible.count > 500)
    }
  }

  @Test func everyStepBringsTheSoundNearer() throws {
    let transform = ShortTimeFourier(fftLength: 3072, hopLength: 768)
    for signal in try Reference.load().signals {
      let samples = try Reference.samples(signal.name).map { $0 / 2 }
      let mel = spectrogram.analyze(samples)
      func figure(_ iterations: Int, _ phase: Vocoder.Phase) -> Double {
        let made = vocoder.synthesize(mel, sampleCount: samples.count, iterations: iterations, phase: phase)
        return transform.convergence(of: made, to: samples)
      }
      let random = figure(32, .random)
      let integrated = [0, 8, 32].map { figure($0, .integrated) }
      #expect(integrated[2] < random, "\(signal.name): \(integrated), random \(random) dB")
      #expect(integrated[2] < integrated[1] && integrated[1] < integrated[0], "\(signal.name): \(integrated) dB")
      // The joint step goes beyond what the magnitudes from the bands alone allow; in noise there is nothing to gain.
      let truth = transform.forward(samples).magnitudes
      let bank = MelFilterbank.warped(.standard)
      let bands = NonnegativeInversion(bank).magnitudes(bandPower: bank.apply(truth.values.map { $0 * $0 }))
      let alone = GriffinLim(transform: transform).synthesize(bands, sampleCount: samples.count)
      let figureAlone = transform.convergence(of: alone, to: samples)
      #expect(
        integrated[2] < figureAlone + (signal.name == "bursts" ? 0.2 : 0), "\(signal.name): \(figureAlone) dB alone")
    }
  }

  @Test func lengthsAreExactWhateverTheFrames() throws {
    let mel = spectrogram.analyze(try Reference.samples("bursts"))
    #expect(vocoder.synthesize(mel, iterations: 1).count == (mel.frameCount - 1) * 768)
    for count in [0, 1, 767, 769, 33075, 50000] {
      #expect(vocoder.synthesize(mel, sampleCount: count, iterations: 1).count == count)
    }
    #expect(vocoder.synthesize(mel, sampleCount: 60000, iterations: 1)[40000...].allSatisfy { $0 == 0 })
    #expect(vocoder.synthesize(MelFrames(frameCount: 0, bandCount: 192)).isEmpty)
    #expect(vocoder.synthesize(MelFrames(frameCount: 1, bandCount: 192, repeating: 0)).isEmpty)
  }

  @Test func silenceAndWhatLiesBelowMinusNinetySevenDecibelsIsSilent() {
    #expect(vocoder.synthesize(MelFrames(frameCount: 9, bandCount: 192)).allSatisfy { $0 == 0 })
    // −97.5 dB is −0.95, −96.5 dB is −0.93.
    let below = MelFrames(frameCount: 9, bandCount: 192, repeating: -0.95)
    #expect(vocoder.synthesize(below).allSatisfy { $0 == 0 })
    let above = MelFrames(frameCount: 9, bandCount: 192, repeating: -0.93)
    #expect(vocoder.synthesize(above).contains { $0 != 0 })
  }

  @Test func nothingClipsHoweverLoudAndWildTheFrames() throws {
    let loud = vocoder.synthesize(MelFrames(frameCount: 20, bandCount: 192, repeating: 3), iterations: 2)
    let peak = loud.reduce(0) { max($0, abs($1)) }
    #expect(peak <= 0.9771 && peak > 0.97)
    // What does not clip keeps its level: 20 dB down is a tenth.
    let soft = vocoder.synthesize(MelFrames(frameCount: 20, bandCount: 192, repeating: -0.3), iterations: 2)
    let softer = vocoder.synthesize(MelFrames(frameCount: 20, bandCount: 192, repeating: -0.7), iterations: 2)
    #expect(soft.contains { abs($0) > 0.1 })
    // Only the level differs; what is arbitrary in the phase is drawn anew.
    let levels = [soft, softer].map { $0.reduce(0) { $0 + Double($1 * $1) } }
    #expect(abs(10 * log10(levels[0] / levels[1]) - 20) < 0.5)
    var wild = MelFrames(frameCount: 20, bandCount: 192, repeating: -0.2)
    wild.values[700] = .nan
    wild.values[900] = .infinity
    #expect(vocoder.synthesize(wild, iterations: 2).allSatisfy { $0.isFinite && abs($0) <= 1 })
  }

  @Test func otherConfigurationsWork() throws {
    let configuration = MelConfiguration(
      sampleRate: 22050, fftLength: 1024, hopLength: 256, bandCount: 80, maximumHertz: 10000)
    let samples = Signals.sine(hertz: 500, amplitude: 0.3, count: 11025, sampleRate: 22050)
    let mel = MelSpectrogram(configuration).analyze(samples)
    let made = Vocoder(configuration).synthesize(mel, sampleCount: samples.count)
    #expect(made.count == samples.count)
    let again = MelSpectrogram(configuration).analyze(made)
    let loudest = (0..<80).max { mel[20, $0] < mel[20, $1] } ?? 0
    #expect(abs(mel[20, loudest] - again[20, loudest]) < 0.02)
  }
}
