public import Parallelism
import Spectra
public import Taste

extension Dataset {
  /// The longest part of a clip that a taste hears, in seconds from its beginning.
  private static let heardSeconds = 30.0

  /// How much a taste likes each clip, in deviations of those that were picked among.
  /// - Parameter progress: is told, from any thread, how many are judged, and of how many.
  public func scores(
    by taste: Taste, threads: Int = Parallel.coreCount, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> [Double] {
    let listener = TasteListener(mel: mel)
    let counter = WorkCounter(total: clips.count, tell: progress)
    return Parallel.map(clips.count, threads: threads) { clip in
      defer { counter.advance() }
      let count = Int(Self.heardSeconds * mel.framesPerSecond)
      let frames = soundFrames(clip, limit: count).mel
      return taste.score(listener.clip(frames, captioned: clips[clip].caption)).mean
    }
  }
}
