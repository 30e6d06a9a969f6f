import Foundation
import Novelty

/// The report as lines for people.
extension EvaluationReport {
  public var text: String {
    var lines = [
      "\(model.name) (\(String(format: "%.1f", Double(model.parameters) / 1e6)) M parameters) on \(dataset.name): "
        + "\(dataset.trainingClips) clips to learn from, \(dataset.heldOutClips) held out",
      "",
    ]
    lines += verdict.lines + notes.map { "Note: \($0)." }
    lines += ["", "Under-fitting: squared error by noise level, \(fit.heldOutClips) clips (0 is noise, 1 the clip)"]
    lines += table(
      [["t", "held out", "trained on", "mean frame", "linear", "nearest clip", "skill"]]
        + fit.levels.map { level in
          [Self.number(level.time, 2)]
            + [level.heldOut, level.training, level.meanFrame, level.linear, level.nearestClip].map {
              Self.number($0, 4)
            }
            + [Self.percent(level.skill)]
        })
    let error = fit.lossRatioError.map { " ± \(Self.number($0, 2))" } ?? ""
    lines += ["", "Over-fitting: held-out loss over training loss \(Self.number(fit.lossRatio, 2))\(error)"]
    if let categories {
      lines += ["", "Categories: \(categories.clipsOfEach) clips of each, asked for by its name, beside real ones"]
      lines += table(categories.table)
    }
    if let novelty { lines += self.lines(novelty) }
    if let obedience { lines += ["", "Obedience: asked and got"] + table(Self.rows(obedience)) }
    if let distance { lines += self.lines(distance) }
    return lines.joined(separator: "\n")
  }

  private func lines(_ novelty: NoveltyReport) -> [String] {
    func row(_ name: String, _ ratios: [Double]) -> [String] {
      [name, "\(ratios.count)"]
        + [0, 0.05, 0.5, 0.95].map { Self.number(ratios.isEmpty ? nil : Statistics.quantile($0, of: ratios), 2) }
        + [ratios.isEmpty ? "–" : Self.percent(NoveltyReport.copyShare(ratios))]
    }
    var lines = ["Novelty: distance to the nearest training clip, in medians of held-out real clips"]
    lines += table([
      ["", "clips", "least", "5 %", "median", "95 %", "below \(NoveltyReport.copyRatio)"],
      row("generated", novelty.ratios), row("as `hiss generate` keeps them", novelty.keptRatios),
      row("held out, real", novelty.heldOutRatios),
    ])
    lines.append(
      "  `hiss generate` makes clips below \(NoveltyGuard.standardThreshold) again with another seed: here "
        + "\(novelty.rejectedCount) of \(novelty.clips.count)")
    lines += novelty.clips.sorted { $0.ratio < $1.ratio }.prefix(3).map {
      "  \(Self.number($0.ratio, 2)) of seed \($0.seed), \"\($0.prompt)\": nearest is \($0.nearest)"
    }
    return lines
  }

  private func lines(_ distance: DistanceReport) -> [String] {
    let kind = distance.referenceIsHeldOut ? "held-out" : "training"
    return ["", "Distance: Fréchet, of \(distance.clips) clips to \(distance.referenceClips) real \(kind) clips"]
      + table([
        ["generated", Self.number(distance.generated, 2)],
        ["real, through the vocoder", Self.number(distance.vocoded, 2)], ["real", Self.number(distance.real, 2)],
      ])
  }

  static func rows(_ obedience: ObedienceReport) -> [[String]] {
    [["", "pitch share", "octaves", "chroma", "loudness", "tempo 1 %", "tempo 4 %", "clips with tempo"]]
      + obedience.rows.map { row in
        [
          row.name, Self.percent(row.pitchShare?.mean), Self.percent(row.octaveShare?.mean),
          Self.number(row.chromaCorrelation?.mean, 2),
          Self.number(row.loudnessCorrelation?.mean, 2), Self.percent(row.tempoWithinOne?.mean),
          Self.percent(row.tempoWithinFour?.mean), "\(row.tempoWithinOne?.clips ?? 0)",
        ]
      }
  }

  static func number(_ value: Double?, _ digits: Int) -> String {
    value.map { String(format: "%.\(digits)f", $0) } ?? "–"
  }

  static func percent(_ value: Double?) -> String { value.map { String(format: "%.0f %%", 100 * $0) } ?? "–" }

  /// Columns as wide as their widest cell, the first to the left, the others to the right.
  private func table(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      let cells = row.indices.map { column in
        let space = String(repeating: " ", count: widths[column] - row[column].count)
        return column == 0 ? row[column] + space : space + row[column]
      }
      return "  " + cells.joined(separator: "  ")
    }
  }
}
