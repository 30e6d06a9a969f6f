import Spectra

extension ShortTimeFourier {
  /// Shows every frame's magnitudes, on the scale of an unnormalised transform, without holding all frames at once.
  func forEachFrame(of samples: [Float], _ body: (_ frame: Int, _ magnitudes: UnsafeBufferPointer<Float>) -> Void) {
    let blockLength = 256
    let frameCount = frameCount(sampleCount: samples.count)
    // So many frames before a block's first make it see the samples before its own.
    let margin = (fftLength / 2 + hopLength - 1) / hopLength
    for first in stride(from: 0, to: frameCount, by: blockLength) {
      let end = min(first + blockLength, frameCount)
      let lead = min(first, margin)
      let start = (first - lead) * hopLength
      let stop = min(samples.count, (end - 1) * hopLength + fftLength / 2)
      let magnitudes = forward(Array(samples[start..<max(start, stop)])).magnitudes
      magnitudes.values.withUnsafeBufferPointer { values in
        for frame in first..<end {
          let row = (frame - first + lead) * binCount
          body(frame, UnsafeBufferPointer(rebasing: values[row..<row + binCount]))
        }
      }
    }
  }
}
