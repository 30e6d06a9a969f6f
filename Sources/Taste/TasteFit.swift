/// A model of picks, and how well it tells each of them without having been fitted on it.
struct TasteFit: Sendable {
  let model: ChoiceModel
  private let choices: [ChoiceModel.Choice]
  /// Of each choice, the share of the others that got a lower score than the picked one; half of those that got the same.
  private let shares: [Double]

  init(_ choices: [ChoiceModel.Choice], rows: [Double], deviations: [Double], start: [Double]) {
    model = ChoiceModel(choices, rows: rows, deviations: deviations, start: start)
    self.choices = choices
    shares = zip(model.scoresLeftOut(choices, rows: rows), choices).map { scores, choice in
      let picked = scores[choice.picked]
      let beaten = scores.reduce(-0.5) { $0 + ($1 < picked ? 1 : $1 == picked ? 0.5 : 0) }
      return beaten / Double(scores.count - 1)
    }
  }

  /// The share of pairs that are told rightly, and the deviation of what chance gives: a rank that is spread evenly.
  var verdict: (accuracy: Double, chance: Double) {
    let count = Double(shares.count)
    let variance = choices.reduce(0) { sum, choice in
      let shown = Double(choice.shown.count)
      return sum + (shown + 1) / (12 * (shown - 1))
    }
    return (shares.reduce(0, +) / count, variance.squareRoot() / count)
  }
}
