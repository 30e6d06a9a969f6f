import Foundation
import Taste
import Testing

@Suite struct QuestionTests {
  private typealias Utility = @Sendable ([HeardQuality: Double]) -> Double

  private static let listeners: [Utility] = [
    { -($0[.brightness] ?? 0) - 0.7 * ($0[.density] ?? 0) },
    { ($0[.mode] ?? 0) + ($0[.sustain] ?? 0) - 0.5 * ($0[.register] ?? 0) },
    { -pow($0[.tempo] ?? 0, 2) },
  ]

  /// How many pairs are told rightly after so many comparisons of two.
  private func agreement(_ seed: UInt64, _ utility: Utility, asksActively: Bool) throws -> Double {
    let listener = SimulatedPicks(seed: seed, clipCount: 120)
    var random = SimulatedPicks.Normals(state: seed &+ 77)
    var picks: [TastePick] = []
    for _ in 0..<20 {
      let taste = Taste(TasteContents(clips: listener.clips, picks: picks))
      let places: [Int]
      if asksActively {
        let question = try #require(taste.mostTelling(of: listener.clips))
        places = [question.first, question.second]
      } else {
        let first = Int(random.bits() % 120)
        places = [first, (first + 1 + Int(random.bits() % 119)) % 120]
      }
      picks.append(listener.pick(among: places, utility))
    }
    return listener.agreement(of: Taste(TasteContents(clips: listener.clips, picks: picks)), utility)
  }

  @Test func twentyActivePairsTeachMoreThanTwentyRandomOnes() throws {
    var (active, random, count) = (0.0, 0.0, 0.0)
    for utility in Self.listeners {
      for seed in 1...6 {
        active += try agreement(UInt64(seed), utility, asksActively: true)
        random += try agreement(UInt64(seed), utility, asksActively: false)
        count += 1
      }
    }
    #expect(active / count > random / count + 0.02, "active \(active / count), random \(random / count)")
  }

  @Test func whatWasToldIsNotAskedAgain() throws {
    let clips = Array(SimulatedPicks(seed: 3).clips.prefix(3))
    let told = TastePick(picked: clips[0].id, over: [clips[1].id], at: Date(timeIntervalSince1970: 0))
    let taste = Taste(TasteContents(clips: clips, picks: [told]))
    let question = try #require(taste.mostTelling(of: clips))
    #expect([question.first, question.second].contains(2))
    let asked: Set<Taste.Pair> = [.init(clips[2].id, clips[0].id), .init(clips[1].id, clips[2].id)]
    #expect(taste.mostTelling(of: clips, besides: asked) == nil)
    #expect(taste.mostTelling(of: [clips[0]]) == nil)
    #expect(Taste(TasteContents()).mostTelling(of: []) == nil)
  }

  /// By the sum of the integrand at 80,000 points.
  @Test(arguments: [(0.0, 1.0), (1, 2), (-3, 0.5)])
  func bitsAreTheMutualInformation(mean: Double, deviation: Double) {
    func entropy(_ p: Double) -> Double { p <= 0 || p >= 1 ? 0 : -p * log2(p) - (1 - p) * log2(1 - p) }
    var (chance, doubt, sum) = (0.0, 0.0, 0.0)
    for step in -40_000...40_000 {
      let place = Double(step) / 4000
      let weight = exp(-place * place / 2)
      let p = 1 / (1 + exp(-(mean + place * deviation)))
      (chance, doubt, sum) = (chance + weight * p, doubt + weight * entropy(p), sum + weight)
    }
    #expect(abs(Taste.bits(mean: mean, deviation: deviation) - (entropy(chance / sum) - doubt / sum)) < 1e-3)
    #expect(Taste.bits(mean: 0, deviation: 0) == 0)
  }
}
