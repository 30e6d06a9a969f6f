/// How much a clip is liked, as a network is told that learned by a taste: one of five buckets, each a fifth of the clips that
/// it learned from.
///
/// Conditioned on scores, and asked for the best, a model makes better ones than its clips are on average (as decision
/// transformers do: Chen et al. 2021).
package enum LikingBucket {
  package static let count = 5

  /// What the network is told of a bucket, from 0, what is liked least; nil for nothing.
  package static func values(_ bucket: Int?) -> [Float] {
    (0..<count).map { $0 == bucket ? 1 : 0 }
  }

  /// What a clip is asked to be.
  package static var best: [Float] { values(count - 1) }

  /// The bucket of each score among all.
  package static func buckets(of scores: [Double]) -> [Int] {
    var buckets = [Int](repeating: 0, count: scores.count)
    for (rank, place) in scores.indices.sorted(by: { (scores[$0], $0) < (scores[$1], $1) }).enumerated() {
      buckets[place] = rank * count / scores.count
    }
    return buckets
  }
}
