/// How far a taste could be trusted after so many of its picks.
public struct TasteCourse: Sendable, Equatable {
  public struct Point: Sendable, Equatable {
    public let picks: Int
    /// `Taste.accuracy` of a taste of these picks alone, and the least that is believed.
    public let accuracy: Double
    public let leastAccuracy: Double
  }

  public let points: [Point]

  /// Fits tastes of the first picks, of some numbers of them spread evenly, the last one of all.
  /// - Parameter count: how many, at most.
  public init(of contents: TasteContents, count: Int = 16) {
    let all = contents.picks.count
    let steps = max(1, min(count, all - Taste.leastPicks + 1))
    let numbers =
      all < Taste.leastPicks
      ? [] : (1...steps).map { all - (all - Taste.leastPicks) * (steps - $0) / max(1, steps - 1) }
    points = numbers.map { number in
      let taste = Taste(TasteContents(clips: contents.clips, picks: Array(contents.picks.prefix(number))))
      return Point(picks: number, accuracy: taste.accuracy, leastAccuracy: taste.leastAccuracy)
    }
  }
}
