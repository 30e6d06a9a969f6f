package import Spectra
public import Synthesis
public import Training

extension SoundLengths {
  /// What is softer than this beneath a clip's loudest frame is silence at its end.
  private static let silenceDecibels: Float = -60
  /// A clip whose last moments are softer than this has died away.
  private static let restDecibels: Float = -24
  /// A sound that is softer than this in its middle dies away; what is not has been ended, as a wind that is faded out, or a
  /// phrase behind its last note, and could go on.
  private static let middleDecibels: Float = -12
  /// Frames beyond a sound's end whose windows still see it.
  private static let blurredFrames = 2

  /// The lengths of a data set's clips; of a large one's, of some in even distances.
  public init(of dataset: Dataset) {
    let chosen = Array(dataset.clips.indices).spread(Self.mostClips)
    self.init(
      chosen.map { clip in
        let (seconds, diesAway) = Self.measure(dataset.melFrames(clip), mel: dataset.mel)
        return Clip(
          category: dataset.clips[clip].labels["category"] ?? "", caption: dataset.clips[clip].caption,
          seconds: seconds, diesAway: diesAway)
      })
  }

  /// Where a clip falls silent for good, and whether it has died away there by itself.
  package static func measure(_ frames: MelFrames, mel: MelConfiguration) -> (seconds: Double, diesAway: Bool) {
    let width = frames.bandCount
    let levels = stride(from: 0, to: frames.values.count, by: width).map { start in
      // Mel values fall by 2 over the whole scale of decibels.
      (frames.values[start..<start + width].max() ?? -1) * Float(-mel.floorDecibels / 2)
    }
    guard let peak = levels.max(), let last = levels.lastIndex(where: { $0 > peak + silenceDecibels }) else {
      return (0, true)
    }
    let isWhole = last >= levels.count - 1 - blurredFrames
    let end = isWhole ? levels.count - 1 : max(1, last - blurredFrames + 1)
    let rest = levels[max(0, end - blurredFrames)...end].max() ?? peak
    let middle = levels[2 * end / 5...3 * end / 5].max() ?? peak
    let diesAway = (!isWhole || rest <= peak + restDecibels) && middle <= peak + middleDecibels
    return (Double(end) / mel.framesPerSecond, diesAway)
  }
}
