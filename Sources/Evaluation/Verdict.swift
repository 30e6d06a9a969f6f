import Foundation

/// What the figures come to, in plain words. The borders are judgements; docs/evaluation.md says where they come from.
public struct Verdict: Codable, Sendable, Equatable {
  public enum Fit: String, Codable, Sendable {
    /// It guesses hardly better than one who has learned nothing.
    case noise
    /// It has learned something, and training on will bring more.
    case learning
    case trained
  }

  public enum Memory: String, Codable, Sendable {
    /// It does as well on clips that it has never heard.
    case general
    /// It does better on the clips that it has learned.
    case leaning
    /// It makes clips nearer to what it learned than real recordings come by chance.
    case copying
  }

  public var fit: Fit
  public var memory: Memory
  /// A sentence for each.
  public var lines: [String]

  /// Skills (see `FitReport`) below which a model is noise, and from which on it is trained.
  static let noiseSkill = 0.2
  static let trainedSkill = 0.75
  /// A held-out loss so many times the training loss, and more than two standard errors above it, is a gap.
  static let gapRatio = 1.1

  public init(_ fit: FitReport, _ novelty: NoveltyReport?) {
    let skill = String(format: "%.0f %%", 100 * fit.skill)
    var lines: [String] = []
    if !(fit.skill >= Self.noiseSkill) {
      self.fit = .noise
      lines.append(
        "This is still noise: it takes away \(skill) of the error that guessing without learning makes. Train on.")
    } else if fit.skill < Self.trainedSkill {
      self.fit = .learning
      lines.append(
        "Learning, but not done: it takes away \(skill) of the error that guessing without learning makes. Train on.")
    } else {
      self.fit = .trained
      lines.append("Trained: it takes away \(skill) of the error that guessing without learning makes.")
    }
    let gap =
      String(format: "%.2f", fit.lossRatio) + (fit.lossRatioError.map { String(format: " ± %.2f", $0) } ?? "")
    let isGap = fit.lossRatio > Self.gapRatio && fit.lossRatio - 1 > 2 * (fit.lossRatioError ?? .infinity)
    if let novelty, Self.copies(novelty) {
      memory = .copying
      let share = String(format: "%.0f %%", 100 * novelty.copyShare)
      lines.append("It copies: \(share) of its clips lie nearer to a training clip than half of what real clips do.")
    } else if isGap {
      memory = .leaning
      lines.append(
        "It does better on what it has learned: the held-out loss is \(gap) times the training loss. "
          + "More clips help; more steps may not.")
    } else {
      memory = .general
      let certainty =
        fit.lossRatio > Self.gapRatio ? "No over-fitting that so few clips could show" : "No over-fitting seen"
      lines.append("\(certainty): the held-out loss is \(gap) times the training loss.")
    }
    self.lines = lines
  }

  /// More near copies than real clips have among themselves, and more than one in twenty; or the whole of it near.
  private static func copies(_ novelty: NoveltyReport) -> Bool {
    guard !novelty.clips.isEmpty else { return false }
    return novelty.copyShare > max(0.05, 2 * novelty.heldOutCopyShare) || novelty.medianRatio < NoveltyReport.copyRatio
  }
}
