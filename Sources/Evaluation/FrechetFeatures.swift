import Novelty
package import Spectra
import Tensors

/// What clips are compared by in the Fréchet distance: per band statistics of their mel frames.
///
/// A clip has 72 numbers: in each of 24 groups of neighbouring bands the mean level over time, its standard deviation,
/// and the mean absolute difference from one frame to the next. Each is divided by its standard deviation over the
/// reference clips, and the 72 are projected onto their 16 strongest principal components there.
package struct FrechetFeatures: Sendable {
  static let groupCount = 24
  static let dimensionCount = 16

  private let mean: [Double]
  private let deviation: [Double]
  private let axes: [[Double]]

  /// Learns scale and axes from the statistics of reference clips.
  /// - Precondition: there is one.
  package init(reference: [[Double]]) {
    let fit = GaussianFit(reference)
    let size = fit.mean.count
    let deviation = (0..<size).map { max(fit.covariance[$0, $0], 1e-6).squareRoot() }
    var correlation = fit.covariance
    for row in 0..<size { for column in 0..<size { correlation[row, column] /= deviation[row] * deviation[column] } }
    mean = fit.mean
    self.deviation = deviation
    axes = Array(correlation.eigen().vectors.prefix(Self.dimensionCount))
  }

  /// The 16 numbers of a clip with these statistics.
  package func project(_ statistics: [Double]) -> [Double] {
    let scaled = statistics.indices.map { (statistics[$0] - mean[$0]) / deviation[$0] }
    return axes.map { axis in zip(axis, scaled).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// The Fréchet distance of two sets of clips in these features.
  package func distance(_ some: [[Double]], _ others: [[Double]]) -> Double {
    GaussianFit(some.map(project)).frechetDistance(to: GaussianFit(others.map(project)))
  }

  /// The 72 statistics of a clip, in mel values (1 is 50 dB).
  /// - Precondition: there is a frame.
  package static func statistics(of frames: MelFrames) -> [Double] {
    precondition(frames.frameCount > 0, "statistics of no frames")
    let bands = frames.bandCount
    var means: [Double] = []
    var deviations: [Double] = []
    var motions: [Double] = []
    for group in 0..<groupCount {
      let first = min(group * bands / groupCount, bands - 1)
      let end = max(first + 1, (group + 1) * bands / groupCount)
      let levels = stride(from: 0, to: frames.values.count, by: bands).map { start in
        Double(frames.values[start + first..<start + end].reduce(0, +)) / Double(end - first)
      }
      let mean = Statistics.mean(levels)
      means.append(mean)
      deviations.append((levels.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(levels.count)).squareRoot())
      let steps = zip(levels, levels.dropFirst()).map { abs($1 - $0) }
      motions.append(steps.isEmpty ? 0 : Statistics.mean(steps))
    }
    return means + deviations + motions
  }
}

/// How far sets of clips are from real ones as sets: Fréchet distances (`FrechetFeatures`).
public struct DistanceReport: Codable, Sendable, Equatable {
  /// What all are compared with: so many real clips, held out or learned from.
  public var referenceClips: Int
  public var referenceIsHeldOut: Bool
  /// Clips in each of the sets.
  public var clips: Int
  /// Of the generated clips; of the real ones whose captions they have, through the vocoder and as they are. The last is
  /// as near as real clips come, this many of them.
  public var generated: Double
  public var vocoded: Double
  public var real: Double
}
