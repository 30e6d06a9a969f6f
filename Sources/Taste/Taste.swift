import Foundation

/// What a musician's picks say of clips that were not heard yet.
///
///     let taste = Taste(try TasteFile(named: "mine").contents)
///     if taste.isLearned { clips.sort { taste.score($0).mean > taste.score($1).mean } }
///
/// A Bayesian preference model of picks (`ChoiceModel`) over what can be heard (`FeatureSpace`). How strong a taste is, as
/// the prior's deviation, is the most likely of a few (MacKay 1992, "Bayesian interpolation": the evidence). Older picks
/// count less where that tells the latest ones better: minds change.
public struct Taste: Sendable {
  /// Deviations of the prior to choose among.
  private static let scales = [0.06, 0.15, 0.35, 0.8]
  /// The scale is chosen on so many of the latest picks.
  private static let mostForScale = 50
  /// Picks after which one counts half, where minds change.
  private static let halfLife = 25.0
  /// The latest picks, by which it is told whether a mind has changed; and how much better, in deviations of the mean of
  /// chance picks, they have to be told then.
  private static let latest = 24
  private static let changed = 1.8
  /// Deviations of chance above chance that picks have to be told rightly by. As what tells one pick was fitted on the
  /// others, surprises of random listeners have a deviation of 1.4 instead of 1 (measured): 3 % of them come so far.
  private static let leastSurprise = 2.75
  private static let leastPicks = 8

  /// The picks that it was fitted on.
  public let pickCount: Int
  /// Of pairs of a picked clip and one beside it, the share that is told rightly by a model that was fitted without that
  /// pick (later picks count more where minds change); 0.5 is chance.
  public let accuracy: Double
  /// How far that is above chance, in deviations of what chance gives.
  public let surprise: Double
  /// Whether older picks count less, because they say other things than the latest.
  public let isChanging: Bool
  private let space: FeatureSpace
  private let model: ChoiceModel?
  /// The mean and the deviation of the scores of the clips that were shown.
  private let usual: (mean: Double, deviation: Double)
  package let clips: [TasteClip]

  /// Whether it tells picks better than chance does. One that does not is not used.
  public var isLearned: Bool { pickCount >= Self.leastPicks && surprise >= Self.leastSurprise }

  public init(_ contents: TasteContents) {
    clips = contents.clips
    let places = Dictionary(contents.clips.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let shown = Set(contents.picks.flatMap { [$0.picked] + $0.over })
    space = FeatureSpace(of: contents.clips.filter { shown.contains($0.id) })
    let rows = contents.clips.flatMap(space.row)
    let choices = contents.picks.compactMap { pick -> ChoiceModel.Choice? in
      guard let picked = places[pick.picked] else { return nil }
      let over = pick.over.compactMap { places[$0] }.filter { $0 != picked }
      return over.isEmpty ? nil : ChoiceModel.Choice(shown: [picked] + over, picked: 0)
    }
    pickCount = choices.count
    guard choices.count >= Self.leastPicks else {
      (model, usual, accuracy, surprise, isChanging) = (nil, (0, 1), 0.5, 0, false)
      return
    }
    let prior = space.priorDeviations
    let sample = Array(choices.suffix(Self.mostForScale))
    let fits = Self.scales.map { scale in
      let deviations = prior.map { $0 * scale }
      return (deviations, ChoiceModel(sample, rows: rows, deviations: deviations))
    }
    let best = fits.max { $0.1.evidence < $1.1.evidence } ?? fits[0]
    func fit(_ choices: [ChoiceModel.Choice]) -> Fit {
      let model = ChoiceModel(choices, rows: rows, deviations: best.0, start: best.1.weights)
      return Fit(model: model, choices: choices, shares: Self.shares(model.scoresLeftOut(choices, rows: rows), choices))
    }
    var chosen = fit(choices)
    var isChanging = false
    if choices.count >= 2 * Self.latest {
      let fading = fit(Self.fading(choices))
      let chance = (Self.variance(choices.suffix(Self.latest)) / Double(Self.latest)).squareRoot()
      let (now, before) = (fading.latest(Self.latest), chosen.latest(Self.latest))
      if now - before > Self.changed * chance { (chosen, isChanging) = (fading, true) }
    }
    model = chosen.model
    self.isChanging = isChanging
    (accuracy, surprise) = chosen.verdict
    let width = space.count
    let scores = contents.clips.indices.map { place in
      zip(rows[place * width..<(place + 1) * width], chosen.model.weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let mean = scores.reduce(0, +) / Double(scores.count)
    let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)
    usual = (mean, max(variance.squareRoot(), 1e-9))
  }

  /// How much a clip should be liked, in deviations of those that were shown, 0 being their mean; and how unsure that is.
  public func score(_ clip: TasteClip) -> (mean: Double, deviation: Double) {
    guard let model else { return (0, 1) }
    let score = model.score(space.row(clip))
    return ((score.mean - usual.mean) / usual.deviation, score.deviation / usual.deviation)
  }

  /// Later choices count more; those of more than five half-lives ago, which would count 3 %, not at all.
  private static func fading(_ choices: [ChoiceModel.Choice]) -> [ChoiceModel.Choice] {
    choices.reversed().prefix(Int(5 * halfLife)).enumerated().map { age, choice in
      var choice = choice
      choice.weight = exp2(-Double(age) / halfLife)
      return choice
    }.reversed()
  }

  /// Of each choice, the share of the others that got a lower score than the picked one; half of those that got the same.
  private static func shares(_ scores: [[Double]], _ choices: [ChoiceModel.Choice]) -> [Double] {
    zip(scores, choices).map { scores, choice in
      let picked = scores[choice.picked]
      let beaten = scores.reduce(-0.5) { $0 + ($1 < picked ? 1 : $1 == picked ? 0.5 : 0) }
      return beaten / Double(scores.count - 1)
    }
  }

  /// The mean variance of such a share where the pick is by chance: of a rank that is spread evenly.
  private static func variance(_ choices: some Collection<ChoiceModel.Choice>) -> Double {
    choices.reduce(0) { $0 + variance($1) } / Double(max(1, choices.count))
  }

  private static func variance(_ choice: ChoiceModel.Choice) -> Double {
    let count = Double(choice.shown.count)
    return (count + 1) / (12 * (count - 1))
  }

  private struct Fit {
    var model: ChoiceModel
    var choices: [ChoiceModel.Choice]
    var shares: [Double]

    func latest(_ count: Int) -> Double { shares.suffix(count).reduce(0, +) / Double(count) }

    /// Accuracy, and surprise.
    var verdict: (Double, Double) {
      let total = choices.reduce(0) { $0 + $1.weight }
      let mean = zip(shares, choices).reduce(0) { $0 + $1.0 * $1.1.weight } / total
      let variance = choices.reduce(0) { $0 + $1.weight * $1.weight * Taste.variance($1) } / (total * total)
      return (mean, (mean - 0.5) / variance.squareRoot())
    }
  }
}
