import Synthesis
package import Tensors

/// How a training goes by a taste: how often clips are learned, and what the network is told of how much they are liked.
public struct LikingPlan: Codable, Sendable, Equatable {
  /// The taste's name or path.
  public var taste: String
  /// The share of clips that are learned from, the most liked ones; the others are left out.
  public var keep: Double
  /// The share of clips of which the network is not told how much they are liked, so that it can do without.
  public var dropout: Float = 0.2

  /// As options say it.
  var option: String { keep == 1 ? taste : "\(taste) --keep \(keep)" }

  public init(taste: String, keep: Double = 1) { (self.taste, self.keep) = (taste, keep) }
}

/// A plan with the scores of a folder's clips.
public struct LikingLessons: Codable, Sendable, Equatable {
  private let plan: LikingPlan
  /// Of every clip of the data set.
  private let buckets: [Int]
  /// The clips to learn from, more liked ones more often.
  package let clips: [Int]

  /// A clip of each bucket is learned so often in a pass. A judgement: mild, as the condition says the rest.
  private static let weights = [1, 1, 2, 2, 3]

  /// - Parameters:
  ///   - scores: of every clip of the data set.
  ///   - training: those that may be learned from.
  public init(_ plan: LikingPlan, scores: [Double], training: [Int]) {
    precondition(scores.allSatisfy(\.isFinite) && !training.isEmpty, "no scores, or no clips")
    self.plan = plan
    let order = training.sorted { (scores[$1], $0) < (scores[$0], $1) }
    let kept = Set(order.prefix(max(1, Int((plan.keep * Double(training.count)).rounded()))))
    let places = training.filter(kept.contains)
    // Fifths of what is learned; what is judged by lies in the same ones.
    let own = LikingBucket.buckets(of: places.map { scores[$0] })
    var buckets = [Int](repeating: 0, count: scores.count)
    for (place, bucket) in zip(places, own) { buckets[place] = bucket }
    self.buckets = buckets
    clips = places.flatMap { [Int](repeating: $0, count: Self.weights[buckets[$0]]) }
  }

  /// What the network is told of examples, `[example, count]`; nil for one that is not told.
  package func values(of examples: [TrainingExample], count: Int) -> Tensor? {
    guard count == LikingBucket.count else { return nil }
    let values = examples.flatMap { example -> [Float] in
      var draw = example.random.stream(.liking)
      return LikingBucket.values(draw.uniform() < plan.dropout ? nil : buckets[example.clip])
    }
    return Tensor([examples.count, count], values)
  }
}
