import Foundation
import Tensors

/// Which comparison teaches a taste the most.
extension Taste {
  /// Two clips to be compared.
  public struct Question: Sendable, Equatable {
    /// Their places among the clips that were given.
    public let first: Int
    public let second: Int
    /// What the answer is expected to tell of the taste, 0 … 1.
    public let bits: Double
  }

  /// Two clips by their ids, in either order.
  public struct Pair: Hashable, Sendable {
    private let lower: String
    private let higher: String

    public init(_ one: String, _ other: String) { (lower, higher) = (min(one, other), max(one, other)) }
  }

  /// Of more clips so many are looked at, spread over all.
  private static let mostInQuestion = 256
  /// How strong a taste is before anything is known of it.
  private static let usualScale = 0.35
  /// A normal distribution as points of some weight, about its mean in deviations.
  private static let normal: [(place: Double, weight: Double)] = {
    let places = stride(from: -4.0, through: 4, by: 0.25).map { ($0, exp(-$0 * $0 / 2)) }
    let sum = places.reduce(0) { $0 + $1.1 }
    return places.map { ($0.0, $0.1 / sum) }
  }()

  /// The two of some clips whose comparison is expected to teach the most: the mutual information of its answer and the taste
  /// (BALD: Houlsby, Huszár, Ghahramani and Lengyel 2011). The outcome is open then, because the taste does not know the two,
  /// and not because it likes both alike. A taste without picks asks of those that sound most unlike.
  /// - Parameter asked: pairs that are not to be asked, besides those that the picks tell of.
  /// - Returns: nil where no pair is left.
  public func mostTelling(of clips: [TasteClip], besides asked: Set<Pair> = []) -> Question? {
    let (space, model) = self.model.map { (self.space, $0) } ?? beginning(with: clips)
    let asked = asked.union(told)
    let count = min(clips.count, Self.mostInQuestion)
    let places = (0..<count).map { $0 * clips.count / count }
    let rows = places.map { space.row(clips[$0]) }
    let scores = rows.map { model.score($0).mean }
    let halves = rows.map(model.precision.whitened)
    var best: Question?
    for i in places.indices {
      for j in 0..<i where clips[places[i]].id != clips[places[j]].id || clips[places[i]].id.isEmpty {
        let variance = zip(halves[i], halves[j]).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        let bits = Self.bits(mean: scores[i] - scores[j], deviation: variance.squareRoot())
        guard bits > best?.bits ?? 0, !asked.contains(Pair(clips[places[i]].id, clips[places[j]].id)) else { continue }
        best = Question(first: places[j], second: places[i], bits: bits)
      }
    }
    return best
  }

  /// Pairs that the picks tell of.
  private var told: [Pair] {
    choices.flatMap { choice in
      let picked = clips[choice.shown[choice.picked]].id
      return choice.shown.map { Pair(picked, clips[$0].id) }
    }
  }

  /// What is believed with few picks or none, in the space of all clips.
  private func beginning(with others: [TasteClip]) -> (FeatureSpace, ChoiceModel) {
    let space = FeatureSpace(of: clips + others)
    let model = ChoiceModel(
      choices, rows: clips.flatMap(space.row), deviations: space.priorDeviations.map { $0 * Self.usualScale })
    return (space, model)
  }

  /// How much the answer to "which of the two" tells of their scores' difference d, whose chance of "the first" is
  /// 1/(1 + e⁻ᵈ): H(E p) − E H(p), in bits.
  package static func bits(mean: Double, deviation: Double) -> Double {
    var (chance, doubt) = (0.0, 0.0)
    for (place, weight) in normal {
      let p = 1 / (1 + exp(-(mean + place * deviation)))
      chance += weight * p
      doubt += weight * entropy(p)
    }
    return max(0, entropy(chance) - doubt)
  }

  /// Of a chance and its opposite, in bits.
  private static func entropy(_ p: Double) -> Double {
    func part(_ p: Double) -> Double { p > 0 ? -p * log2(p) : 0 }
    return part(p) + part(1 - p)
  }
}
