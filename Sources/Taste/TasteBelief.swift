import Foundation

/// What a taste believes of one quality that can be heard.
public struct TasteBelief: Sendable, Equatable, Codable {
  public let quality: HeardQuality
  /// How what is liked goes with it over the clips that were shown: Pearson's correlation, −1 … 1.
  public let correlation: Double
  /// How unsure that is.
  public let deviation: Double
  /// Whether it is sure of the sign.
  public let isSure: Bool

  /// As "darker".
  public var word: String { correlation > 0 ? quality.poles.more : quality.poles.less }
}

extension Taste {
  /// Weaker correlations are not worth a word.
  private static let leastCorrelation = 0.2
  /// A correlation is sure beyond so many deviations of one by chance.
  private static let sureDeviations = 2.0

  /// What it believes, the strongest first: qualities that what it likes has more of, or less. None where nothing is learned.
  public var beliefs: [TasteBelief] {
    qualities.filter { abs($0.correlation) >= Self.leastCorrelation }
      .sorted { abs($0.correlation) > abs($1.correlation) }
  }

  /// What is known of each quality that enough clips have, however little. None where nothing is learned.
  public var qualities: [TasteBelief] {
    guard isLearned else { return [] }
    let scores = clips.map { score($0) }
    return HeardQuality.allCases.compactMap { quality -> TasteBelief? in
      let known = clips.indices.filter { clips[$0][quality] != nil }
      guard known.count > 8 else { return nil }
      let (r, error) = Self.correlation(
        known.map { clips[$0][quality] ?? 0 }, known.map { scores[$0].mean },
        deviations: known.map { scores[$0].deviation })
      return TasteBelief(
        quality: quality, correlation: (r * 100).rounded() / 100, deviation: (error * 100).rounded() / 100,
        isSure: abs(r) > Self.sureDeviations * error)
    }
  }

  /// Pearson's correlation, and how unsure it is: half of how unsure scores are, as a share of how far they are spread. A
  /// judgement: scores' errors are not independent of each other.
  private static func correlation(_ x: [Double], _ y: [Double], deviations: [Double]) -> (Double, Double) {
    let count = Double(x.count)
    let (meanX, meanY) = (x.reduce(0, +) / count, y.reduce(0, +) / count)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (x, y) in zip(x, y) {
      xx += (x - meanX) * (x - meanX)
      yy += (y - meanY) * (y - meanY)
      xy += (x - meanX) * (y - meanY)
    }
    guard xx > 1e-12, yy > 1e-12 else { return (0, 1) }
    let unsure = deviations.reduce(0, +) / count / (yy / count).squareRoot()
    return (xy / (xx * yy).squareRoot(), min(1, unsure / 2))
  }
}
