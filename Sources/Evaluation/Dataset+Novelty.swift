public import Novelty
public import Parallelism
package import Spectra
import Tensors
public import Training

extension Dataset {
  /// The mel frames of a clip, up to a number of them.
  package func melFrames(_ clip: Int, limit: Int = .max) -> MelFrames { soundFrames(clip, limit: limit).mel }

  /// Fingerprints of all clips, in their order.
  package func fingerprints(
    threads: Int, progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) -> [SoundFingerprint] {
    let done = WorkCounter(total: clips.count, tell: progress)
    return Parallel.map(clips.count, threads: threads) { clip in
      defer { done.advance() }
      return SoundFingerprint(self.melFrames(clip), mel: self.mel)
    }
  }
}

extension NoveltyIndex {
  /// An index of the clips of a data set that are learned from, calibrated by those that are not.
  /// - Parameters:
  ///   - name: the data set's.
  ///   - progress: called from any thread with how many clips are listened to, and how many there are.
  public init(
    of dataset: Dataset, name: String, threads: Int = Parallel.coreCount,
    progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
  ) {
    self.init(
      of: dataset, name: name, prints: dataset.fingerprints(threads: threads, progress: progress), threads: threads)
  }

  /// - Parameter prints: the fingerprints of all clips of the data set.
  init(of dataset: Dataset, name: String, prints: [SoundFingerprint], threads: Int) {
    self.init(
      dataset: name, mel: dataset.mel, training: dataset.trainingIndices.map { prints[$0] },
      heldOut: dataset.heldOutIndices.map { prints[$0] },
      clips: dataset.trainingIndices.map { clip in
        TrainingClip(file: dataset.clips[clip].name, caption: dataset.clips[clip].caption)
      }, threads: threads)
  }
}
