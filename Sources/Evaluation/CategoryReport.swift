import Foundation

/// What a model makes of the names of a folder's categories, beside the folder's own clips.
public struct CategoryReport: Codable, Sendable, Equatable {
  /// A median of what was made, and of the folder's own clips.
  public struct Comparison: Codable, Sendable, Equatable {
    public var made: Double
    public var real: Double
  }

  public struct Row: Codable, Sendable, Equatable {
    public var category: String
    /// The folder's clips of it.
    public var clips: Int
    /// The share that is taken for it; of real clips, by what the others teach.
    public var recognized: Comparison
    /// What else it is most often taken for.
    public var mistakenFor: String?
    /// Seconds from the first sound to the last.
    public var seconds: Comparison
    /// The floor of noise: the quietest fifth of what sounds, in decibels beneath the peak.
    public var floorDecibels: Comparison
    /// Seconds from the attack's beginning to the loudest moment.
    public var attackSeconds: Comparison
    /// The loudest moment, in decibels beneath a full-scale sine.
    public var peakDecibels: Comparison
    /// How far from the nearest clip that it learned from, in medians of real clips.
    public var novelty: Double
  }

  public var rows: [Row]
  /// Clips made of each category.
  public var clipsOfEach: Int

  /// The mean over categories of the share that is recognised, and of the same of real clips.
  public var recognized: Comparison {
    func mean(_ value: (Row) -> Double) -> Double { rows.reduce(0) { $0 + value($1) } / Double(max(1, rows.count)) }
    return Comparison(made: mean(\.recognized.made), real: mean(\.recognized.real))
  }

  /// Judgements, as `scripts/own-samples` has them: below this share of what real clips get it does not obey; above so many
  /// decibels noise is heard; off by more than this factor a length is another.
  static let (leastShare, mostFloor, lengthFactor) = (0.75, 3.0, 1.25)

  /// What is wrong, and what would help; or that nothing is.
  public var verdict: String {
    let (made, real) = (recognized.made, recognized.real)
    let shares = String(
      format: "%.0f %% of its clips are what was asked (%.0f %% of real ones)", 100 * made, 100 * real)
    if made < Self.leastShare * real, let worst = rows.min(by: { lack($0) > lack($1) }) {
      let taken = worst.mistakenFor.map { ", which it takes for \($0)" } ?? ""
      return "By name \(shares); worst is \(worst.category)\(taken). More clips of it help, and more minutes."
    }
    let noisy = rows.filter { $0.floorDecibels.made > $0.floorDecibels.real + Self.mostFloor }
    if 2 * noisy.count > rows.count {
      return "By name \(shares), but noise lies beneath them (\(list(noisy))). More minutes help."
    }
    let longer = rows.filter { $0.seconds.made > Self.lengthFactor * $0.seconds.real }
    let shorter = rows.filter { $0.seconds.made * Self.lengthFactor < $0.seconds.real }
    if 2 * (longer.count + shorter.count) > rows.count {
      let what = longer.count >= shorter.count ? "too long (\(list(longer)))" : "too short (\(list(shorter)))"
      return "By name \(shares), but they are \(what). Training anew writes lengths.tsv, which decides it."
    }
    return "By name \(shares)."
  }

  private func lack(_ row: Row) -> Double { row.recognized.real - row.recognized.made }

  private func list(_ rows: [Row]) -> String {
    let names = rows.prefix(3).map(\.category).joined(separator: ", ")
    return rows.count > 3 ? "\(names) and \(rows.count - 3) more" : names
  }

  /// The rows as a table, with a heading.
  var table: [[String]] {
    func pair(_ value: Comparison, _ digits: Int) -> [String] {
      [value.made, value.real].map { EvaluationReport.number($0, digits) }
    }
    return [
      [
        "", "clips", "told", "real", "seconds", "real", "attack", "real", "floor", "real", "peak", "real", "novelty",
        "taken for",
      ]
    ]
      + rows.map { row in
        [row.category, "\(row.clips)"]
          + [row.recognized.made, row.recognized.real].map(EvaluationReport.percent)
          + pair(row.seconds, 2) + pair(row.attackSeconds, 2) + pair(row.floorDecibels, 0) + pair(row.peakDecibels, 0)
          + [EvaluationReport.number(row.novelty, 2), row.mistakenFor ?? ""]
      }
  }
}
