import Foundation
import Spectra
import Testing

@Suite struct MelFilterbankTests {
  @Test func slaneyAndHTKBanksMatchLibrosa() throws {
    let banks = [
      "slaney": MelFilterbank.slaney(sampleRate: 44100, fftLength: 2048, bandCount: 128),
      "htk": MelFilterbank.slaney(
        sampleRate: 22050, fftLength: 1024, bandCount: 40, minimumHertz: 30, maximumHertz: 8000, scale: .htk),
    ]
    for reference in try Reference.load().banks {
      let bank = try #require(banks[reference.name])
      let weights = try Reference.floats(reference.name)
      var expected = [Float](repeating: 0, count: bank.bandCount * bank.binCount)
      var next = 0
      #expect(bank.bandCount == reference.firstBins.count)
      for band in 0..<bank.bandCount {
        for step in 0..<reference.counts[band] {
          expected[band * bank.binCount + reference.firstBins[band] + step] = weights[next]
          next += 1
        }
      }
      #expect(next == weights.count)
      let peak = weights.max() ?? 0
      for (a, b) in zip(bank.dense, expected) { #expect(abs(a - b) <= 1e-5 * peak) }
    }
  }

  @Test func warpedTrianglesSumToOneAndOverlapToOne() {
    let bank = MelFilterbank.warped(.standard)
    let dense = bank.dense
    let rows = (0..<bank.bandCount).map { Array(dense[($0 * bank.binCount)..<(($0 + 1) * bank.binCount)]) }
    for row in rows { #expect(abs(row.reduce(0, +) - 1) < 1e-5) }
    // Low bands are bins: a single weight of 1.
    for band in 0..<32 {
      #expect(rows[band][band + 1] == 1)
      #expect(rows[band].filter { $0 != 0 }.count == 1)
    }
    #expect(rows.allSatisfy { $0[0] == 0 })
  }

  @Test func scalesInvertAndMeetTheirPublishedPoints() {
    for scale in [MelScale.slaney, .htk, .warped(cornerHertz: 200)] {
      for hertz in [0.0, 20, 440, 999, 1001, 8000, 20000] {
        #expect(abs(scale.hertz(mel: scale.mel(hertz: hertz)) - hertz) < 1e-9 * max(1, hertz))
      }
    }
    #expect(abs(MelScale.slaney.mel(hertz: 1000) - 15) < 1e-12)
    #expect(abs(MelScale.slaney.mel(hertz: 6400) - 42) < 1e-9)
    #expect(abs(MelScale.htk.mel(hertz: 1000) - 999.9855) < 1e-3)
    #expect(abs(MelScale.warped(cornerHertz: 200).mel(hertz: 200) - log(2)) < 1e-12)
  }

  @Test func melValuesMatchDoublePrecisionNumpy() throws {
    let spectrogram = MelSpectrogram()
    for signal in try Reference.load().signals {
      let mel = spectrogram.analyze(try Reference.samples(signal.name))
      let expected = try Reference.floats("\(signal.name)-mel")
      #expect(mel.values.count == expected.count)
      // A hundredth of a decibel; rounding of the loudest bin reaches the faintest near the floor.
      let worst = zip(mel.values, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
      #expect(worst < 2e-4, "\(signal.name): \(worst)")
      #expect(Set(mel.values).count > 1000)
    }
  }
}
