import Foundation
import Taste
import Testing

@Suite struct ChoiceModelTests {
  private static let width = 3

  private func choices(_ count: Int = 15) -> (rows: [Double], choices: [ChoiceModel.Choice]) {
    var random = SimulatedPicks.Normals(state: 11)
    let rows = (0..<4 * count * Self.width).map { _ in random.next() }
    let choices = (0..<count).map { pick -> ChoiceModel.Choice in
      let shown = Array(4 * pick..<4 * pick + 4)
      let best = shown.indices.max { rows[shown[$0] * Self.width] < rows[shown[$1] * Self.width] } ?? 0
      return ChoiceModel.Choice(shown: shown, picked: pick % 4 == 0 ? 0 : best)
    }
    return (rows, choices)
  }

  /// The logarithm of the posterior, written down once more.
  private func posterior(_ weights: [Double], _ rows: [Double], _ choices: [ChoiceModel.Choice], deviation: Double)
    -> Double
  {
    var value = -0.5 * weights.reduce(0) { $0 + $1 * $1 } / (deviation * deviation)
    for choice in choices {
      let scores = choice.shown.map { row in
        (0..<Self.width).reduce(0) { $0 + rows[row * Self.width + $1] * weights[$1] }
      }
      value += scores[choice.picked] - log(scores.reduce(0) { $0 + exp($1) })
    }
    return value
  }

  @Test func theModeIsWhereThePosteriorIsGreatest() {
    let (rows, choices) = choices()
    let model = ChoiceModel(choices, rows: rows, deviations: [1, 1, 1])
    let best = posterior(model.weights, rows, choices, deviation: 1)
    for column in 0..<Self.width {
      for step in [-0.3, 0.3] {
        var moved = model.weights
        moved[column] += step
        #expect(posterior(moved, rows, choices, deviation: 1) < best)
      }
    }
  }

  /// The evidence is the integral of the posterior over all weights, here summed on a grid.
  @Test func theEvidenceIsTheIntegral() {
    let (rows, choices) = choices()
    let model = ChoiceModel(choices, rows: rows, deviations: [1, 1, 1])
    let (step, reach) = (0.25, 16)
    var sum = 0.0
    for a in -reach...reach {
      for b in -reach...reach {
        for c in -reach...reach {
          let weights = [Double(a) * step, Double(b) * step, Double(c) * step]
          sum += exp(posterior(weights, rows, choices, deviation: 1))
        }
      }
    }
    let integral = log(sum * pow(step, 3)) - 1.5 * log(2 * .pi)
    #expect(abs(model.evidence - integral) < 0.15)
  }

  @Test func whatIsLeftOutIsToldAsByAFitWithoutIt() {
    let (rows, choices) = choices()
    let model = ChoiceModel(choices, rows: rows, deviations: [1, 1, 1])
    let told = model.scoresLeftOut(choices, rows: rows)
    for (place, choice) in choices.enumerated() {
      var others = choices
      others.remove(at: place)
      let without = ChoiceModel(others, rows: rows, deviations: [1, 1, 1])
      for (shown, score) in zip(choice.shown, told[place]) {
        let row = Array(rows[shown * Self.width..<(shown + 1) * Self.width])
        #expect(abs(score - without.score(row).mean) < 0.2)
      }
    }
  }

  @Test func whatIsLeftOutIsTheSameWithAnyNumberOfThreads() {
    let (rows, choices) = choices()
    let model = ChoiceModel(choices, rows: rows, deviations: [1, 1, 1])
    let one = model.scoresLeftOut(choices, rows: rows, threads: 1)
    for threads in [2, 3, 16] { #expect(model.scoresLeftOut(choices, rows: rows, threads: threads) == one) }
    #expect(one.count == 15 && one.allSatisfy { $0.count == 4 } && Set(one.joined()).count > 50)
  }

  /// Many choices are summed in parts.
  @Test func aFitIsTheSameWithAnyNumberOfThreads() {
    let (rows, choices) = choices(300)
    let one = ChoiceModel(choices, rows: rows, deviations: [1, 1, 1], threads: 1)
    for threads in [2, 3, 16] {
      let model = ChoiceModel(choices, rows: rows, deviations: [1, 1, 1], threads: threads)
      #expect(model.weights == one.weights && model.evidence == one.evidence)
    }
    let best = posterior(one.weights, rows, choices, deviation: 1)
    for column in 0..<Self.width {
      for step in [-0.1, 0.1] {
        var moved = one.weights
        moved[column] += step
        #expect(posterior(moved, rows, choices, deviation: 1) < best)
      }
    }
  }
}
