import Evaluation
import Foundation
import Music
import Spectra
import Testing

@Suite("The tempo that is heard")
struct TempoTests {
  private let estimator = TempoEstimator(framesPerSecond: MelConfiguration.standard.framesPerSecond)

  @Test("Clicks", arguments: [54, 66, 72.5, 83, 97, 112, 120, 133, 141.5, 160, 174, 200])
  func clicks(beatsPerMinute: Double) throws {
    let frames = Sounds.spectrogram.analyze(Sounds.clicks(beatsPerMinute: beatsPerMinute))
    let heard = try #require(estimator.tempo(of: frames))
    #expect(TempoEstimator.agrees(heard, with: beatsPerMinute, tolerance: 0.01), "heard \(heard)")
  }

  @Test("Clips of four seconds are told to four in a hundred", arguments: [72.0, 90, 111, 128, 150])
  func shortClips(beatsPerMinute: Double) throws {
    let frames = Sounds.spectrogram.analyze(Sounds.clicks(beatsPerMinute: beatsPerMinute, seconds: 4))
    let heard = try #require(estimator.tempo(of: frames))
    #expect(TempoEstimator.agrees(heard, with: beatsPerMinute, tolerance: 0.04), "heard \(heard)")
  }

  @Test func nothingRepeats() {
    #expect(estimator.tempo(of: MelFrames(frameCount: 200, bandCount: 192)) == nil)
    #expect(estimator.tempo(of: MelFrames(frameCount: 200, bandCount: 192, repeating: 0.3)) == nil)
    #expect(estimator.tempo(of: MelFrames(frameCount: 1, bandCount: 192)) == nil)
    #expect(estimator.tempo(of: Sounds.spectrogram.analyze(Sounds.clicks(beatsPerMinute: 120, seconds: 0.3))) == nil)
  }

  @Test func octavesAreForgiven() {
    for factor in [1.0 / 3, 0.5, 1, 2, 3] {
      #expect(TempoEstimator.agrees(100 * factor, with: 100, tolerance: 0.001))
    }
    #expect(!TempoEstimator.agrees(102, with: 100, tolerance: 0.01))
    #expect(TempoEstimator.agrees(102, with: 100, tolerance: 0.04))
    #expect(!TempoEstimator.agrees(150, with: 100, tolerance: 0.04))
  }
}
