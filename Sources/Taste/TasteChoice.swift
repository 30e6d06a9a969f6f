import Foundation
import Novelty
import Tensors

/// Which of more candidates are shown: those that a taste likes, unlike each other, and some by chance.
public enum TasteChoice {
  /// Candidates made for each clip that is shown.
  public static let candidatesEach = 4
  /// One in so many is drawn by chance: a taste that only shows what it likes learns nothing new.
  public static let explorationEvery = 4
  /// How much liking a clip has to have more to be shown beside one that sounds the same, in deviations. A judgement.
  private static let sameness = 1.0

  /// The places of those to be shown, in the order of the candidates.
  /// - Parameters:
  ///   - count: how many.
  ///   - weight: how much liking counts, 0 to 1 and above; at 0 all are by chance.
  ///   - seed: of what is drawn by chance.
  public static func places(
    of candidates: [TasteClip], by taste: Taste, count: Int, weight: Double = 1, seed: UInt64
  ) -> [Int] {
    precondition(count <= candidates.count, "\(count) of \(candidates.count) candidates")
    var random = RandomSource(seed: seed)
    var left = Array(candidates.indices)
    var places: [Int] = []
    // Spread over what is shown, and never the only one.
    let explored = Set((1...max(1, count)).filter { $0 % explorationEvery == 0 })
    let scores = candidates.map { weight * taste.score($0).mean }
    let prints = candidates.map(\.coarsePrint)
    let usual = max(medianDistance(prints), 1e-6)
    for turn in 1...max(1, count) where places.count < count {
      let place: Int
      if explored.contains(turn) || weight == 0 {
        place = random.integer(below: left.count)
      } else {
        func value(_ candidate: Int) -> Double {
          let nearest = places.map { distance(prints[$0], prints[candidate]) }.min() ?? .infinity
          return scores[candidate] - weight * sameness * max(0, 1 - nearest / usual)
        }
        place = left.indices.max { value(left[$0]) < value(left[$1]) } ?? 0
      }
      places.append(left.remove(at: place))
    }
    return places.sorted()
  }

  private static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
  }

  private static func medianDistance(_ prints: [[Double]]) -> Double {
    let pairs = prints.indices.flatMap { first in prints[..<first].map { distance($0, prints[first]) } }
    return pairs.isEmpty ? 0 : Statistics.median(pairs)
  }
}
