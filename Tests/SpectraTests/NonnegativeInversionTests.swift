import Spectra
import Testing

@Suite struct NonnegativeInversionTests {
  @Test func updatesBeatLibrosasLeastSquaresOnTheSameBands() throws {
    let transform = ShortTimeFourier(fftLength: 3072, hopLength: 768)
    let bank = MelFilterbank.warped(.standard)
    let slaney = MelFilterbank.slaney(sampleRate: 44100, fftLength: 3072, bandCount: 128)
    for signal in try Reference.load().signals {
      let truth = transform.forward(try Reference.samples(signal.name)).magnitudes
      let power = truth.values.map { $0 * $0 }
      let estimate = NonnegativeInversion(bank).magnitudes(bandPower: bank.apply(power))
      let figure = convergence(estimate, truth)
      #expect(figure < signal.leastSquares, "\(signal.name): \(figure) dB, librosa's NNLS \(signal.leastSquares)")
      // The same updates in double precision.
      #expect(abs(figure - signal.updates) < 0.02, "\(signal.name): \(figure) dB, numpy \(signal.updates)")
      // librosa.feature.inverse.mel_to_stft on its own 128 bands.
      let other = convergence(NonnegativeInversion(slaney).magnitudes(bandPower: slaney.apply(power)), truth)
      #expect(other < signal.slaneyLeastSquares, "\(signal.name): \(other) dB on slaney bands")
    }
  }

  @Test func bandsThatAreBinsComeBackExactlyAndUncoveredBinsStaySilent() {
    let bank = MelFilterbank.warped(.standard)
    let power = Signals.noise(count: bank.binCount * 19, amplitude: 100, seed: 5).map { $0 * $0 }
    let magnitudes = NonnegativeInversion(bank).magnitudes(bandPower: bank.apply(power))
    #expect(magnitudes.frameCount == 19)
    for frame in 0..<19 {
      let row = magnitudes.values[(frame * bank.binCount)..<((frame + 1) * bank.binCount)].map { $0 * $0 }
      #expect(row[0] == 0)
      for bin in 1...32 {
        let truth = power[frame * bank.binCount + bin]
        #expect(abs(row[bin] - truth) <= 1e-4 * truth)
      }
      #expect(row[1400...].allSatisfy { $0 == 0 })  // above 20 kHz
      #expect(row.allSatisfy { $0.isFinite })
    }
  }

  @Test func theUpdatesReproduceTheBands() {
    let bank = MelFilterbank.warped(.standard)
    let power = Signals.noise(count: bank.binCount * 3, amplitude: 1, seed: 6).map { $0 * $0 }
    let bands = bank.apply(power)
    func error(updates: Int) -> Double {
      let magnitudes = NonnegativeInversion(bank).magnitudes(bandPower: bands, updates: updates)
      return relativeError(bank.apply(magnitudes.values.map { $0 * $0 }), bands)
    }
    #expect(error(updates: 30) < 0.01)
    #expect(error(updates: 30) < error(updates: 5))
    #expect(error(updates: 5) < error(updates: 0))
  }

  @Test func silentBandsGiveSilentBins() {
    let bank = MelFilterbank.warped(.standard)
    let magnitudes = NonnegativeInversion(bank).magnitudes(bandPower: [Float](repeating: 0, count: 192 * 5))
    #expect(magnitudes.values.allSatisfy { $0 == 0 })
    #expect(NonnegativeInversion(bank).magnitudes(bandPower: []).frameCount == 0)
  }
}
