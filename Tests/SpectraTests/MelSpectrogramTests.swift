import Foundation
import Spectra
import Testing

@Suite struct MelSpectrogramTests {
  let spectrogram = MelSpectrogram()

  @Test func aFullScaleSineReadsZeroDecibelsWhereBandsAreBins() {
    // Bin 20 (287 Hz) of the standard configuration is band 19.
    let samples = Signals.sine(hertz: 20 * 44100.0 / 3072, amplitude: 1, count: 44100)
    let mel = spectrogram.analyze(samples)
    #expect(abs(spectrogram.bandCenterHertz[19] - Float(20 * 44100.0 / 3072)) < 1e-2)
    for frame in 4..<(mel.frameCount - 4) {
      #expect(abs(mel[frame, 19] - 1) < 1e-4)
      // A Hann window's neighbouring bins lie 6.02 dB down; 100 dB are 2.
      #expect(abs(mel[frame, 18] - (1 - 0.1204)) < 1e-3)
    }
  }

  @Test func halvingTheAmplitudeLowersEveryLoudBandBySixDecibels() {
    let loud = spectrogram.analyze(Signals.noise(count: 20000, amplitude: 0.5, seed: 3))
    let soft = spectrogram.analyze(Signals.noise(count: 20000, amplitude: 0.25, seed: 3))
    for (a, b) in zip(loud.values, soft.values) { #expect(abs(a - b - 0.120412) < 1e-4) }
  }

  @Test func silenceAndClipsShorterThanAWindowAnalyse() {
    #expect(spectrogram.analyze([Float](repeating: 0, count: 5000)).values.allSatisfy { $0 == MelFrames.silence })
    #expect(spectrogram.analyze([]) == MelFrames(frameCount: 1, bandCount: 192))
    for count in [1, 2, 767, 768, 769, 3071, 3072] {
      let mel = spectrogram.analyze(Signals.noise(count: count, amplitude: 0.5, seed: 1))
      #expect(mel.frameCount == 1 + count / 768)
      #expect(mel.values.count == mel.frameCount * 192)
      #expect(mel.values.allSatisfy { (-1...1).contains($0) })
      #expect(mel.values.contains { $0 > -1 })
    }
  }

  @Test func samplesThatAreNotFiniteStayInRange() {
    var samples = Signals.noise(count: 20000, amplitude: 0.5, seed: 2)
    let clean = spectrogram.analyze(samples)
    samples[1000] = .nan
    samples[1500] = .infinity
    let spoiled = spectrogram.analyze(samples)
    #expect(spoiled.values.allSatisfy { (-1...1).contains($0) })
    // Frames whose window begins after sample 1500 do not see it: from (1500 + 1536) / 768 on.
    #expect(spoiled.values[(4 * 192)...] == clean.values[(4 * 192)...])
  }

  @Test func theStandardBandsAreBinsBelowAndReachTwentyKilohertz() {
    let centers = spectrogram.bandCenterHertz
    let bin = Float(44100.0 / 3072)
    #expect(centers.count == 192)
    for band in 0..<32 { #expect(abs(centers[band] - Float(band + 1) * bin) < 1e-3) }
    for (low, high) in zip(centers, centers.dropFirst()) { #expect(high - low > bin * 0.9999) }
    #expect(centers[191] > 19000 && centers[191] < 20000)
  }

  /// What a stranger's model may say of its frames: none of it traps, takes memory or is computed with.
  @Test(arguments: [
    ("sampleRate", ["0", "-1", "80", "7999", "192001", "40000000", "9223372036854775807"]),
    ("fftLength", ["0", "2", "63", "1023", "16386", "17179869184", "9223372036854775806", "-9223372036854775808"]),
    ("hopLength", ["0", "1", "95", "1537", "9223372036854775807"]),
    ("bandCount", ["0", "-1", "4097", "9223372036854775807", "-9223372036854775808"]),
    ("warpHertz", ["0", "-200", "1e-300", "1e300", "0.5"]), ("maximumHertz", ["0", "-1", "22051", "1e308", "1e-9"]),
    ("floorDecibels", ["0", "-0.001", "100", "-1e300", "-401"]),
  ])
  func everyFieldHasBounds(field: String, values: [String]) {
    for value in values {
      let error = #expect(throws: DecodingError.self, "\(field) \(value)") {
        try JSONDecoder().decode(MelConfiguration.self, from: Data("{\"\(field)\": \(value)}".utf8))
      }
      guard case .dataCorrupted(let context)? = error else { continue }
      #expect(context.debugDescription.hasPrefix("\(field) is ") || context.debugDescription.contains("bands at least"))
    }
  }

  @Test func configurationsSurviveCodingAndRefuseNonsense() throws {
    let configuration = MelConfiguration(
      sampleRate: 22050, fftLength: 1024, hopLength: 256, bandCount: 64, maximumHertz: 11000)
    let data = try JSONEncoder().encode(configuration)
    #expect(try JSONDecoder().decode(MelConfiguration.self, from: data) == configuration)
    #expect(try JSONDecoder().decode(MelConfiguration.self, from: Data("{}".utf8)) == .standard)
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(MelConfiguration.self, from: Data(#"{"bandCount": 4000}"#.utf8))
    }
    #expect(configuration.problem == nil)
    #expect(MelConfiguration(fftLength: 1023).problem == "fftLength is 1023, wants an even length")
    #expect(abs(MelConfiguration.standard.framesPerSecond - 57.421875) < 1e-9)
    #expect(MelConfiguration.standard.frameCount(sampleCount: 44100) == 58)
  }
}
