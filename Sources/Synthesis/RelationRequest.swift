import Foundation
import Tensors

/// A clip that is a relative of another one of the same request: it begins with a mixture of the other's noise and its own.
public struct RelationRequest: Codable, Sendable, Equatable {
  /// The other's seed. The clip's own one decides how it differs.
  public var seed: UInt64
  /// How far it is from the other: 0 is the same, 1 has nothing in common with it but the request.
  public var distance: Double
  /// The seed of what all relatives of a set have in common, so that they are no farther from each other than from the other.
  public var set: UInt64
  /// The length in seconds that it is cut or filled up to; nil where it may have its own.
  public var seconds: Double?
  /// Seeds of relatives of the same clip that were liked: what this one differs by leans toward what they do. nil for none.
  public var liked: [UInt64]?
  /// How far it leans, 0 … 1: the cosine between what it differs by of its own and the mean of theirs. nil for `usualLean`.
  public var lean: Double?
  /// What the other is a relative of in its turn: one at most; nil for nothing.
  public private(set) var former: [RelationRequest]?

  public init(
    seed: UInt64, distance: Double, set: UInt64, seconds: Double? = nil, former: RelationRequest? = nil
  ) {
    (self.seed, self.distance, self.set, self.seconds) = (seed, distance, set, seconds)
    self.former = former.map { [$0] }
  }

  /// Half of what it differs by of its own is theirs. A judgement: at 0.8 relatives of one set differ little from each other.
  package static let usualLean = 0.7
  private static let mostLiked = 16

  /// The seed of the clip that all of its forebears are relatives of.
  var rootSeed: UInt64 { former?.first?.rootSeed ?? seed }

  /// Itself and the relations that it goes back to.
  private var depth: Int { 1 + (former?.first?.depth ?? 0) }
  private static let greatestDepth = 16

  /// In words, as what cannot be set.
  var formerWords: String? {
    former?.first.map { "\($0.distance) from seed \($0.seed)" + ($0.formerWords.map { ", \($0)" } ?? "") }
  }

  /// What makes it impossible, in one line; nil if nothing does.
  var problem: String? {
    guard distance.isFinite, (0...1).contains(distance) else {
      return "a distance of \(distance) is not between 0 and 1"
    }
    if let liked, !(1...Self.mostLiked).contains(liked.count) {
      return "\(liked.count) relatives that were liked are not between 1 and \(Self.mostLiked)"
    }
    if let lean, !(lean.isFinite && (0...1).contains(lean)) { return "a lean of \(lean) is not between 0 and 1" }
    if depth > Self.greatestDepth { return "a relative of relatives of more than \(Self.greatestDepth) clips in a row" }
    if let problem = former?.first?.problem { return problem }
    if let seconds, !(seconds.isFinite && (0...GenerationRequest.maximumDuration).contains(seconds)) {
      return "a relative of \(seconds) s is not as long as any clip"
    }
    return nil
  }

  /// Noise at an angle to the other's.
  ///
  /// With normal values in so many dimensions, noises that are drawn apart are all at right angles, and as long. Of cosine c
  /// between each relative and the other, relatives are at the same angle to each other if what they differ by from the
  /// other is at the cosine c / (1 + c): then all are the corners of a regular simplex on the sphere.
  func noise(of other: Tensor, common: Tensor, own: Tensor) -> Tensor {
    let angle = RelationScale.angle(of: distance)
    let (near, far) = (cos(angle), sin(angle))
    let shared = near / (1 + near)
    let (otherPart, commonPart, ownPart) = (
      Float(near), Float(far * shared.squareRoot()), Float(far * (1 - shared).squareRoot())
    )
    guard distance > 0 else { return other }
    let values = zip(other.values, zip(common.values, own.values)).map {
      otherPart * $0 + commonPart * $1.0 + ownPart * $1.1
    }
    return Tensor(other.shape, values)
  }
}

extension RelationRequest {
  /// What a relative differs by of its own, leaning toward that of relatives that were liked: so it begins with noise that is
  /// near to what was liked (HERO: Hiranaka et al. 2024, arXiv 2410.05116), and as far from the other as it was asked to be.
  func leaning(_ own: Tensor, toward liked: [Tensor]) -> Tensor {
    guard !liked.isEmpty else { return own }
    let lean = lean ?? Self.usualLean
    // Noises that are drawn apart are at right angles, so that their sum is this much longer.
    let part = Float(lean / Double(liked.count).squareRoot())
    var values = own.values.map { $0 * Float((1 - lean * lean).squareRoot()) }
    for noise in liked { for (index, value) in noise.values.enumerated() { values[index] += part * value } }
    return Tensor(own.shape, values)
  }
}

/// From distances to what makes clips differ: fitted to what `scripts/check-vary` measured, so that the distance of
/// fingerprints grows evenly (docs/experiments/vary.md).
package enum RelationScale {
  /// Of distances in tenths, the angles between noises, as shares of a right angle.
  private static let angles = [0, 0.034, 0.080, 0.145, 0.226, 0.305, 0.408, 0.533, 0.666, 0.814, 1]

  /// In radians.
  static func angle(of distance: Double) -> Double { between(angles, at: distance) * .pi / 2 }

  /// With less strength than this, what is made of a recording with other noise is the same clip each time.
  private static let leastStrength = 0.5
  /// How far clips of that strength are from their recording.
  private static let farthestMixed = 0.547
  /// Of distances in tenths, the shares up to there. The vocoder alone takes a clip some 0.05 away.
  private static let shares = [0, 0.09, 0.26, 0.48, 0.70, 0.913, 1.098, 1.1, 1.1, 1.1, 1.1]
  /// Likewise the strengths from there on.
  private static let strengths = [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.59, 0.727, 0.808, 0.899, 1]

  /// How much of a recording may change, and how far clips so far from it go towards what is made of it.
  package static func recording(of distance: Double) -> (strength: Double, share: Double?) {
    if distance <= 0 { return (0, nil) }
    if distance < farthestMixed { return (leastStrength, min(1, between(shares, at: distance))) }
    return (between(strengths, at: distance), nil)
  }

  private static func between(_ values: [Double], at distance: Double) -> Double {
    let place = min(max(distance, 0), 1) * Double(values.count - 1)
    let index = min(Int(place), values.count - 2)
    return values[index] + (place - Double(index)) * (values[index + 1] - values[index])
  }
}

extension GenerationRequest {
  /// The seed of all chance but the noise that the clip begins with.
  var chanceSeed: UInt64 { relation?.rootSeed ?? seed }

  /// Relatives of this request's clip, with consecutive seeds.
  /// - Parameters:
  ///   - seed: the first's; what the set has in common follows from it.
  ///   - seconds: the length that they all have; nil for each its own.
  package func relatives(count: Int, distance: Double, seed: UInt64, seconds: Double? = nil) -> [GenerationRequest] {
    (0..<UInt64(count)).map { index in
      var request = self
      request.relation = RelationRequest(
        seed: self.seed, distance: distance, set: seed, seconds: seconds, former: relation)
      request.seed = seed &+ index
      return request
    }
  }
}
