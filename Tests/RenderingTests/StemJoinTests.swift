import Foundation
import Rendering
import Testing

@Suite("Parts of a stem, joined")
struct StemJoinTests {
  private let rate = 44_100

  private func tone(_ range: Range<Int>, hertz: Double = 220, phase: Double = 0) -> [Float] {
    range.map { Float(0.3 * sin(2 * .pi * hertz * Double($0) / 44_100 + phase)) }
  }

  private func level(_ samples: some Collection<Float>) -> Float {
    (samples.reduce(0) { $0 + $1 * $1 } / Float(max(1, samples.count))).squareRoot()
  }

  @Test("A tone that goes on does not jump, dip or swell, whether its phase does or not", arguments: [0, 1.5, 3.0])
  func joins(phase: Double) {
    let first = (own: 0..<44_100, made: -22_050..<50_000, samples: tone(-22_050..<50_000))
    let second = (own: 44_100..<88_200, made: 22_050..<95_000, samples: tone(22_050..<95_000, phase: phase))
    let joined = StemJoin.joined([first, second], frameCount: 88_200, sampleRate: rate)
    #expect(joined.count == 88_200)
    let steps = zip(joined, joined.dropFirst()).map { abs($1 - $0) }
    #expect((steps[40_000..<46_000].max() ?? 1) < 1.6 * (steps[10_000..<20_000].max() ?? 0))
    if phase < 2 {
      let inside = level(joined[41_895..<43_835])
      #expect(abs(20 * log10(inside / level(joined[20_000..<30_000]))) < 1.5)
    }
    // From just before the bar line on all is the second part's.
    #expect(Array(joined[43_900..<88_200]) == Array(second.samples[21_850..<66_150]))
  }

  @Test("Behind a rest a part begins softly, and before one it rings")
  func rests() {
    let part = (own: 44_100..<88_200, made: 22_050..<120_000, samples: tone(22_050..<120_000))
    let joined = StemJoin.joined([nil, part, nil], frameCount: 132_300, sampleRate: rate)
    #expect(joined[..<41_000].allSatisfy { $0 == 0 } && abs(joined[41_896]) < 0.01)
    #expect(level(joined[90_000..<110_000]) > 0.15 && joined[120_000...].allSatisfy { $0 == 0 })
    let rested = StemJoin.resting(joined, notes: [(1.0, 1.5)], sampleRate: rate)
    #expect(rested[66_150..<100_000].elementsEqual(joined[66_150..<100_000]))
    #expect(rested[..<42_900].allSatisfy { $0 == 0 } && rested[130_000...].allSatisfy { $0 == 0 })
  }
}
