import Foundation
import Parallelism

/// Since when a mind is as it is: picks may say other things than those before.
///
/// Picks around a place in their course are one taste's, or those before are one's and those since another's; what the
/// picks' evidence says is believed (a model of change points: Barry and Hartigan 1993). Two tastes pay for two priors, so
/// that chance picks seldom seem to change.
struct MindChange {
  /// So many picks ago a change is looked for first; then about the likeliest of these.
  private static let ages = [16, 32, 64, 128, 256]
  private static let refinements = [0.7, 0.8, 0.9, 1.1, 1.2, 1.35]
  /// Of what was before so many picks are looked at.
  private static let mostBefore = 60
  /// The least logarithm of the odds that is believed: 20 to 1.
  private static let leastLogOdds = 3.0

  let rows: [Double]
  let deviations: [Double]

  /// How many of the latest picks are those of the mind of now; nil where all are.
  /// - Parameter start: weights to begin with.
  func latest(_ choices: [ChoiceModel.Choice], start: [Double]) -> Int? {
    func best(_ ages: [Int]) -> (age: Int, odds: Double)? {
      let ages = ages.filter { $0 >= Self.ages[0] && choices.count - $0 >= Self.ages[0] }
      let odds = Parallel.map(ages.count) { logOdds(of: ages[$0], choices, start) }
      return zip(ages, odds).max { $0.1 < $1.1 }.map { ($0.0, $0.1) }
    }
    guard let first = best(Self.ages), first.odds > 0 else { return nil }
    let second = best(Self.refinements.map { Int((Double(first.age) * $0).rounded()) })
    let likeliest = second.map { $0.odds > first.odds ? $0 : first } ?? first
    return likeliest.odds > Self.leastLogOdds ? likeliest.age : nil
  }

  private func logOdds(of age: Int, _ choices: [ChoiceModel.Choice], _ start: [Double]) -> Double {
    let since = Array(choices.suffix(age))
    let before = Array(choices.dropLast(age).suffix(min(age, Self.mostBefore)))
    func evidence(_ choices: [ChoiceModel.Choice]) -> Double {
      ChoiceModel(choices, rows: rows, deviations: deviations, start: start).evidence
    }
    return evidence(before) + evidence(since) - evidence(before + since)
  }
}
