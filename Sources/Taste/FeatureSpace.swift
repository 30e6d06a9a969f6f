import Foundation
import Novelty
import Parallelism

/// Clips as rows of numbers that a preference is a weighted sum of, with the precision that each weight has beforehand.
///
/// Heard qualities and the coarse fingerprint are centred and scaled to deviation 1 over the clips that were shown; each
/// quality comes a second time squared, for those who like it moderate; the words that are common among the clips are 1 or 0.
/// A value that is not known is the mean.
struct FeatureSpace: Sendable {
  /// Beforehand, a weight's deviation for each kind of feature, as multiples of one scale. Judgements.
  private static let deviations = (quality: 1.0, square: 0.5, print: 0.35, word: 0.7)
  /// Words that so few clips have tell nothing yet.
  private static let leastClips = 4
  private static let mostWords = 24

  let words: [String]
  private let means: [Double]
  private let scales: [Double]
  private static let qualities = HeardQuality.allCases
  private static let measured = qualities.count + TasteClip.printCount

  var count: Int { Self.qualities.count + Self.measured + words.count }

  /// Deviations beforehand of the weights, for the scale 1.
  var priorDeviations: [Double] {
    let kinds = Self.deviations
    return Self.qualities.map { _ in kinds.quality } + [Double](repeating: kinds.print, count: TasteClip.printCount)
      + Self.qualities.map { _ in kinds.square } + words.map { _ in kinds.word }
  }

  /// The space that clips span.
  init(of clips: [TasteClip]) {
    var counts: [String: Int] = [:]
    for words in Parallel.map(clips.count, { clips[$0].words }) { for word in words { counts[word, default: 0] += 1 } }
    let common = counts.filter { $0.value >= Self.leastClips && $0.value < clips.count }
    words = common.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(Self.mostWords).map(\.key)
    let rows = Parallel.map(clips.count) { Self.measures(clips[$0]) }
    var (means, scales): ([Double], [Double]) = ([], [])
    for column in 0..<Self.measured {
      let known = rows.compactMap { $0[column] }
      let count = Double(max(1, known.count))
      let mean = known.reduce(0, +) / count
      let variance = known.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
      means.append(mean)
      scales.append(variance > 1e-9 ? 1 / variance.squareRoot() : 0)
    }
    (self.means, self.scales) = (means, scales)
  }

  private static func measures(_ clip: TasteClip) -> [Double?] {
    qualities.map { clip[$0] } + clip.coarsePrint.map(Optional.some)
  }

  /// The rows of clips, `[clip, count]`.
  func rows(_ clips: [TasteClip]) -> [Double] { Parallel.map(clips.count) { row(clips[$0]) }.flatMap { $0 } }

  /// The row of a clip, `[count]`. What is further than three deviations off counts as three.
  func row(_ clip: TasteClip) -> [Double] {
    let values = zip(Self.measures(clip), zip(means, scales)).map { value, scale in
      value.map { min(max(($0 - scale.0) * scale.1, -3), 3) } ?? 0
    }
    let squares = values.prefix(Self.qualities.count).map { $0 * $0 - 1 }
    let own = clip.words
    return values + squares + words.map { own.contains($0) ? 1 : 0 }
  }
}
