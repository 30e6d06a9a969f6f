import Denoising
package import Music
package import Tensors

/// How much of their control tracks clips show in training: now this group, now that, so that any of them, or none, can be
/// given when generating; and sometimes smoothed over time, so that rough controls work too (García et al. 2024,
/// Sketch2Sound).
public struct ControlLessons: Codable, Sendable, Equatable {
  /// The share of clips that show nothing, and learn from their caption alone.
  public var absence: Float = 0.5
  /// The chance of each group of a track of the others to be left out.
  public var dropout: Float = 0.35
  /// The chance of a track to be smoothed, over up to so many seconds.
  public var smoothing: Float = 0.3
  public var longestSmoothing: Float = 0.5
  /// The chance of its pitch classes to be the same throughout, their mean: what is known when only a key is.
  public var averaging: Float = 0.1

  public init() {}

  /// What a clip shows.
  package struct Draw: Equatable {
    package var groups: ControlTrack.Groups
    package var smoothingSeconds: Double
    package var averagesPitch: Bool

    /// The track as the clip shows it.
    func track(of whole: ControlTrack) -> ControlTrack {
      let track = smoothingSeconds > 0 ? whole.smoothed(seconds: smoothingSeconds) : whole
      return averagesPitch ? track.withMeanPitch : track
    }
  }

  package func draw(from random: RandomSource) -> Draw {
    var draw = random
    let isAbsent = draw.uniform() < absence
    // All numbers are drawn whatever comes of them, so that settings do not change each other's luck.
    let kept = ControlTrack.Groups.each.filter { _ in draw.uniform() >= dropout }
    let isSmoothed = draw.uniform() < smoothing
    let seconds = Double(draw.uniform() * longestSmoothing)
    let averages = draw.uniform() < averaging
    return Draw(
      groups: isAbsent ? [] : ControlTrack.Groups(kept), smoothingSeconds: isSmoothed ? seconds : 0,
      averagesPitch: averages)
  }

  /// The tracks of the examples' crops, `[token, controlWidth]`; nil when all are empty, or the network takes none.
  /// - Parameter track: so many frames of an example's whole track.
  func tensor(
    _ examples: [TrainingExample], sizes: DenoiserConfiguration, layout: SequenceLayout,
    track: (TrainingExample, Int) -> ControlTrack
  ) -> Tensor? {
    guard ControlTrack.featureCounts.contains(sizes.controlCount) else { return nil }
    var tensor = Tensor([layout.rowCount, sizes.controlWidth])
    var shown = false
    for (example, start) in zip(examples, layout.starts) {
      let draw = draw(from: example.random.stream(.controls))
      let track = track(example, example.patchCount * sizes.patchLength)
      guard !draw.groups.isDisjoint(with: track.groups) else { continue }
      shown = true
      tensor.withUnsafeMutable { values in
        let features = draw.track(of: track).features(keeping: draw.groups, width: sizes.controlCount)
        features.withUnsafeBufferPointer { features in
          guard let from = features.baseAddress else { return }
          (values + start * sizes.controlWidth).update(from: from, count: features.count)
        }
      }
    }
    return shown ? tensor : nil
  }
}
