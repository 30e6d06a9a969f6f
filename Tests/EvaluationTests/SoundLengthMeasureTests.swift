import Evaluation
import Spectra
import Synthesis
import Testing

@Suite("How long sounds last, and whether they end by themselves")
struct SoundLengthMeasureTests {
  private let mel = MelConfiguration(sampleRate: 8000, fftLength: 256, hopLength: 80, bandCount: 4, maximumHertz: 4000)

  /// Frames of which all bands have a level, in decibels beneath full scale.
  private func measured(_ levels: [Float]) -> (seconds: Double, diesAway: Bool) {
    // Mel values fall by 2 over the whole scale.
    let values = levels.flatMap { level in [Float](repeating: 1 + 2 * level / Float(-mel.floorDecibels), count: 4) }
    return SoundLengths.measure(MelFrames(bandCount: 4, values: values), mel: mel)
  }

  @Test("A stroke dies away, before its file's end or after")
  func strokes() {
    let stroke = (0..<100).map { max(-Float($0), -100) }
    let whole = measured(stroke)
    #expect(whole.diesAway && abs(whole.seconds - 0.6) < 0.05)
    let long = measured(stroke + [Float](repeating: -100, count: 100))
    #expect(long.diesAway && abs(long.seconds - whole.seconds) < 0.02)
    // A file that ends in the middle of it.
    #expect(measured(Array(stroke.prefix(20))).diesAway == false)
  }

  @Test("What is faded out at its end, or is silent behind its last note, could go on")
  func ended() {
    let wind = [Float](repeating: -10, count: 200) + (0..<20).map { -10 - 5 * Float($0) }
    #expect(measured(wind).diesAway == false)
    let note = (0..<20).map { -2 * Float($0) }
    let phrase = (0..<8).flatMap { _ in note } + (0..<30).map { -40 - 2 * Float($0) }
    let end = measured(phrase + [Float](repeating: -100, count: 50))
    #expect(end.diesAway == false && abs(end.seconds - 1.7) < 0.1)
  }
}
