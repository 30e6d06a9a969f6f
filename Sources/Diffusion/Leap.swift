import Foundation

/// A step so long that the network must know where it ends.
///
/// Over a short step from time t the velocity at t is good enough, and so a network that predicts what the data are, x̂. Over
/// a long one the average velocity u is wanted (MeanFlow: Geng et al. 2025, arXiv 2505.13447). A network that is told of the
/// leap predicts it as a point x̃, as it does with x̂: z_r = z + ρ·(x̃ − z), with ρ = (r − t)/(1 − t). The samplers stay what
/// they are.
public struct Leap: Sendable, Equatable {
  /// The times t and r between which it goes.
  public let start, end: Float
  /// The guidance that is in the prediction, instead of in branches (improved MeanFlow, arXiv 2512.02012): 1 for none.
  public let guidance: Float

  public init(from time: Float, to next: Float, guidance: Float) {
    precondition(0 <= time && time < next && next <= 1, "a leap from \(time) to \(next)")
    precondition(guidance > 0, "a guidance of \(guidance)")
    (start, end, self.guidance) = (time, next, guidance)
  }

  /// The share ρ of what is left of the way that it goes: above 0, and 1 for a leap to the data.
  public var fraction: Float { (end - start) / (1 - start) }

  /// The leap that begins at a time of a walk, and goes to its next.
  public init(at time: Float, of walk: [Float], guidance: Float) {
    guard let next = walk.first(where: { $0 > time }) else { preconditionFailure("no leap begins at \(time)") }
    self.init(from: time, to: next, guidance: guidance)
  }

  /// What a network is told of a leap.
  public static let featureCount = 6

  /// Powers of ρ and of the logarithm of the guidance; a network that is told nothing has zeros.
  public var features: [Float] {
    let strength = log(guidance)
    return [1, fraction, fraction * fraction, strength, strength * fraction, strength * strength]
  }

  /// The steps of the walk that leaps are learned from, their time shift, and the guidance that it may have.
  public static let taughtSteps = 8
  public static let taughtShift: Float = 1.5
  public static let taughtGuidance: ClosedRange<Float> = 1.5...4

  /// The times of that walk.
  public static let taughtTimes = NoiseSchedule.standard.times(stepCount: taughtSteps, shift: taughtShift)

  /// The places on the taught walk between which leaps go. (Four leaps were taught too: they came no nearer than four plain
  /// steps, and two leaps less near: docs/experiments/leaps.md.)
  public static let places = [0, 4, 8]

  /// The times of a walk of so many leaps; nil for a number that is not learned.
  public static func times(count: Int) -> [Float]? {
    count == places.count - 1 ? places.map { taughtTimes[$0] } : nil
  }
}
