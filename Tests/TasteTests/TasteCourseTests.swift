import Foundation
import Taste
import Testing

@Suite struct TasteCourseTests {
  private func dark(_ values: [HeardQuality: Double]) -> Double { -(values[.brightness] ?? 0) }

  @Test func trustGrowsWithPicksAndEndsWithAll() throws {
    var listener = SimulatedPicks(seed: 21)
    let contents = TasteContents(clips: listener.clips, picks: listener.picks(60, dark))
    let taste = Taste(contents)
    let course = TasteCourse(of: contents, count: 5)
    #expect(course.points.map(\.picks) == [8, 21, 34, 47, 60])
    let (first, last) = (try #require(course.points.first), try #require(course.points.last))
    #expect(last.accuracy == taste.accuracy && last.leastAccuracy == taste.leastAccuracy)
    #expect(first.leastAccuracy > last.leastAccuracy && last.accuracy > last.leastAccuracy)
  }

  @Test func aTasteIsBelievedWhereItsAccuracyIsTheLeastOrMore() {
    for seed in 0..<12 {
      var listener = SimulatedPicks(seed: UInt64(seed))
      let utility = seed % 2 == 0 ? dark : nil
      let taste = Taste(TasteContents(clips: listener.clips, picks: listener.picks(12, utility)))
      // Where the least is above 1, nothing can be believed.
      if taste.leastAccuracy < 1 { #expect(taste.isLearned == (taste.accuracy >= taste.leastAccuracy)) }
    }
  }

  @Test func fewPicksHaveNoCourseAndNineHaveTwoPlaces() {
    var listener = SimulatedPicks(seed: 22)
    let picks = listener.picks(9, dark)
    #expect(TasteCourse(of: TasteContents(clips: listener.clips, picks: Array(picks.prefix(7)))).points.isEmpty)
    #expect(TasteCourse(of: TasteContents(clips: listener.clips, picks: picks)).points.map(\.picks) == [8, 9])
  }

  @Test func everyQualityIsToldWithHowUnsureItIs() throws {
    var listener = SimulatedPicks(seed: 23)
    let taste = Taste(TasteContents(clips: listener.clips, picks: listener.picks(60, dark)))
    #expect(taste.qualities.map(\.quality) == HeardQuality.allCases)
    let brightness = try #require(taste.qualities.first { $0.quality == .brightness })
    #expect(brightness.correlation < -0.5 && brightness.isSure)
    #expect(taste.qualities.allSatisfy { $0.deviation > 0 && $0.deviation <= 1 })
    #expect(taste.beliefs.allSatisfy { abs($0.correlation) >= 0.2 })
    #expect(taste.beliefs.count < taste.qualities.count)
    let young = Taste(TasteContents(clips: listener.clips, picks: listener.picks(5, dark)))
    #expect(young.qualities.isEmpty)
  }
}
