import Denoising
package import Music
package import Tensors

/// How much of their control tracks clips show in training: now this group, now that, so that any of them, or none, can be
/// given when generating; and sometimes smoothed over time, so that rough controls work too (García et al. 2024,
/// Sketch2Sound).
public struct ControlLessons: Codable, Sendable, Equatable {
  /// The share of clips that show nothing, and learn from their caption alone.
  public var absence: Float = 0.35
  /// The chance of each group of a track of the others to be left out.
  public var dropout: Float = 0.35
  /// The chance of a track to be smoothed, over up to so many seconds.
  public var smoothing: Float = 0.3
  public var longestSmoothing: Float = 0.5

  public init() {}

  /// What a clip shows.
  package func draw(from random: RandomSource) -> (groups: ControlTrack.Groups, smoothingSeconds: Double) {
    var draw = random
    let isAbsent = draw.uniform() < absence
    // All numbers are drawn whatever comes of them, so that settings do not change each other's luck.
    let kept = ControlTrack.Groups.each.filter { _ in draw.uniform() >= dropout }
    let isSmoothed = draw.uniform() < smoothing
    let seconds = Double(draw.uniform() * longestSmoothing)
    return (isAbsent ? [] : ControlTrack.Groups(kept), isSmoothed ? seconds : 0)
  }

  /// The tracks of the examples' crops, `[token, controlWidth]`; nil when all are empty, or the network takes none.
  func tensor(
    _ examples: [TrainingExample], dataset: Dataset, sizes: DenoiserConfiguration, layout: SequenceLayout
  ) -> Tensor? {
    guard sizes.controlCount == ControlTrack.featureCount else { return nil }
    var tensor = Tensor([layout.rowCount, sizes.controlWidth])
    var shown = false
    for (example, start) in zip(examples, layout.starts) {
      let (groups, smoothing) = draw(from: example.random.split(3))
      var track = dataset.controls(example.clip, from: example.start, count: example.patchCount * sizes.patchLength)
      guard !groups.isDisjoint(with: track.groups) else { continue }
      shown = true
      if smoothing > 0 { track = track.smoothed(seconds: smoothing) }
      tensor.withUnsafeMutable { values in
        track.features(keeping: groups).withUnsafeBufferPointer { features in
          guard let from = features.baseAddress else { return }
          (values + start * sizes.controlWidth).update(from: from, count: features.count)
        }
      }
    }
    return shown ? tensor : nil
  }
}
