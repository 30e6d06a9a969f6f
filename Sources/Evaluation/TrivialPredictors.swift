package import Spectra
package import Synthesis
package import Training

/// What can be said about a clean clip without having learned anything: what a denoiser has to beat.
///
/// Values are on the network's scale (`ValueScale`).
package struct TrivialPredictors: Sendable {
  /// The mean and the variance of each value of a frame over the training clips.
  package let mean: [Double]
  package let variance: [Double]

  /// Of known bands.
  package init(mean: [Double], variance: [Double]) {
    precondition(mean.count == variance.count, "\(mean.count) means, \(variance.count) variances")
    self.mean = mean
    self.variance = variance
  }

  /// Measures up to 500 training clips, spread over the set.
  package init(_ dataset: Dataset, scale: ValueScale) {
    let layout = dataset.layout
    let bands = layout.valueCount
    var sums = [Double](repeating: 0, count: bands)
    var squares = sums
    var frameCount = 0
    for clip in dataset.trainingIndices.spread(500) {
      var values = dataset.soundFrames(clip).values
      let count = values.count
      values.withUnsafeMutableBufferPointer {
        if let base = $0.baseAddress { scale.normalize(base, count: count, layout: layout) }
      }
      for (index, value) in values.enumerated() {
        sums[index % bands] += Double(value)
        squares[index % bands] += Double(value) * Double(value)
      }
      frameCount += count / bands
    }
    let count = Double(max(1, frameCount))
    mean = sums.map { $0 / count }
    variance = zip(squares, mean).map { max(1e-9, $0 / count - $1 * $1) }
  }

  /// The mean squared error of the mean frame.
  package func meanFrameError(clean: [Float]) -> Double {
    var sum = 0.0
    for (index, value) in clean.enumerated() {
      let difference = Double(value) - mean[index % mean.count]
      sum += difference * difference
    }
    return sum / Double(max(1, clean.count))
  }

  /// The mean squared error of the best linear guess from one value's own noisy one, were its band normally distributed:
  /// x̂ = μ + t·σ² / (t²·σ² + (1 − t)²) · (z − t·μ) (Wiener's filter).
  package func linearError(clean: [Float], noise: [Float], time: Float) -> Double {
    let t = Double(time)
    let gains = variance.map { t * $0 / (t * t * $0 + (1 - t) * (1 - t)) }
    var sum = 0.0
    for index in clean.indices {
      let band = index % mean.count
      let noisy = t * Double(clean[index]) + (1 - t) * Double(noise[index])
      let difference = mean[band] + gains[band] * (noisy - t * mean[band]) - Double(clean[index])
      sum += difference * difference
    }
    return sum / Double(max(1, clean.count))
  }

  /// The mean squared error, over mel bands, of another clip in place of this one, moved by up to `reach` frames to where
  /// it fits best; where it has nothing there is silence.
  package static func substituteError(clean: MelFrames, other: MelFrames, reach: Int, scale: ValueScale) -> Double {
    let bands = clean.bandCount
    var best = Double.infinity
    for shift in -reach...reach {
      var sum = 0.0
      for frame in 0..<clean.frameCount {
        let from = frame + shift
        var squares: Float = 0
        for band in 0..<bands {
          let value = from >= 0 && from < other.frameCount ? other.values[from * bands + band] : MelFrames.silence
          let difference = clean.values[frame * bands + band] - value
          squares += difference * difference
        }
        sum += Double(squares)
      }
      best = min(best, sum)
    }
    let factor = Double(ValueScale.target / scale.deviation)
    return best / Double(max(1, clean.values.count)) * factor * factor
  }
}
