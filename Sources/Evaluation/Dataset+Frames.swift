import Parallelism
package import Spectra
import Tensors
package import Training

extension Dataset {
  /// The mel frames of a clip, up to a number of them.
  package func melFrames(_ clip: Int, limit: Int = .max) -> MelFrames {
    let count = min(frameCount(clip), limit)
    var values = [Float](repeating: 0, count: count * mel.bandCount)
    values.withUnsafeMutableBufferPointer { values in
      if let base = values.baseAddress { copyFrames(clip, from: 0, count: count, into: base) }
    }
    return MelFrames(bandCount: mel.bandCount, values: values)
  }

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
