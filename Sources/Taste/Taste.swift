import Foundation
import Parallelism

/// What a musician's picks say of clips that were not heard yet.
///
///     let taste = Taste(try TasteFile(named: "mine").contents)
///     if taste.isLearned { clips.sort { taste.score($0).mean > taste.score($1).mean } }
///
/// A Bayesian preference model of picks (`ChoiceModel`) over what can be heard (`FeatureSpace`). How strong a taste is, as
/// the prior's deviation, is the most likely of a few (MacKay 1992, "Bayesian interpolation": the evidence). Picks of before
/// a mind changed are left out (`MindChange`).
public struct Taste: Sendable {
  /// Deviations of the prior to choose among.
  private static let scales = [0.06, 0.15, 0.35, 0.8]
  /// The scale is chosen on so many of the latest picks.
  private static let mostForScale = 50
  /// Deviations of chance above chance that picks have to be told rightly by. As what tells one pick was fitted on the
  /// others, surprises of random listeners have a deviation of 1.4 instead of 1 (measured): 3 % of them come so far.
  private static let leastSurprise = 2.75
  static let leastPicks = 8

  /// The picks that it was fitted on.
  public let pickCount: Int
  /// Of pairs of a picked clip and one beside it, the share that is told rightly by a model that was fitted without that
  /// pick; of a mind that changed, of the picks since. 0.5 is chance.
  public let accuracy: Double
  /// The deviation of what chance gives of that.
  private let chance: Double
  /// Whether older picks are left out, because they say other things than the latest.
  public let isChanging: Bool
  let space: FeatureSpace
  /// nil where there are too few picks.
  let model: ChoiceModel?
  /// Of places in `clips`.
  let choices: [ChoiceModel.Choice]
  /// The mean and the deviation of the scores of the clips that were shown.
  private let usual: (mean: Double, deviation: Double)
  package let clips: [TasteClip]

  /// How far the accuracy is above chance, in deviations of what chance gives.
  public var surprise: Double { (accuracy - 0.5) / chance }

  /// The least accuracy that is believed.
  public var leastAccuracy: Double { min(1, 0.5 + Self.leastSurprise * chance) }

  /// Whether it tells picks better than chance does. One that does not is not used.
  public var isLearned: Bool { pickCount >= Self.leastPicks && surprise >= Self.leastSurprise }

  public init(_ contents: TasteContents) {
    clips = contents.clips
    let places = Dictionary(contents.clips.enumerated().map { ($1.id, $0) }, uniquingKeysWith: { first, _ in first })
    let shown = Set(contents.picks.flatMap { [$0.picked] + $0.over })
    space = FeatureSpace(of: contents.clips.filter { shown.contains($0.id) })
    let rows = space.rows(contents.clips)
    let choices = contents.picks.compactMap { pick -> ChoiceModel.Choice? in
      guard let picked = places[pick.picked] else { return nil }
      let over = pick.over.compactMap { places[$0] }.filter { $0 != picked }
      return over.isEmpty ? nil : ChoiceModel.Choice(shown: [picked] + over, picked: 0)
    }
    self.choices = choices
    pickCount = choices.count
    guard choices.count >= Self.leastPicks else {
      (model, usual, accuracy, chance, isChanging) = (nil, (0, 1), 0.5, 1, false)
      return
    }
    let (deviations, start) = Self.scaled(space.priorDeviations, for: choices, rows)
    let latest = MindChange(rows: rows, deviations: deviations).latest(choices, start: start)
    let fit = TasteFit(
      Array(choices.suffix(latest ?? choices.count)), rows: rows, deviations: deviations, start: start)
    model = fit.model
    isChanging = latest != nil
    (accuracy, chance) = fit.verdict
    usual = Self.spread(of: fit.model, rows)
  }

  /// Deviations of the prior, of the scale that makes the latest picks the most likely; and the weights that go with it.
  private static func scaled(
    _ prior: [Double], for choices: [ChoiceModel.Choice], _ rows: [Double]
  ) -> (deviations: [Double], weights: [Double]) {
    let sample = Array(choices.suffix(mostForScale))
    let models = Parallel.map(scales.count) { place in
      ChoiceModel(sample, rows: rows, deviations: prior.map { $0 * scales[place] })
    }
    let best = models.indices.max { models[$0].evidence < models[$1].evidence } ?? 0
    return (prior.map { $0 * scales[best] }, models[best].weights)
  }

  /// The mean and the deviation of the scores of rows.
  private static func spread(of model: ChoiceModel, _ rows: [Double]) -> (mean: Double, deviation: Double) {
    let width = model.weights.count
    let scores = stride(from: 0, to: rows.count, by: width).map { start in
      zip(rows[start..<start + width], model.weights).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let mean = scores.reduce(0, +) / Double(scores.count)
    let variance = scores.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(scores.count)
    return (mean, max(variance.squareRoot(), 1e-9))
  }

  /// How much a clip should be liked, in deviations of those that were shown, 0 being their mean; and how unsure that is.
  public func score(_ clip: TasteClip) -> (mean: Double, deviation: Double) {
    guard let model else { return (0, 1) }
    let score = model.score(space.row(clip))
    return ((score.mean - usual.mean) / usual.deviation, score.deviation / usual.deviation)
  }
}
