import Spectra
public import Synthesis
import Tensors

extension ValueScale {
  /// The mean and deviation of the mel values of up to 500 training clips, spread over the set.
  public init(measuring dataset: Dataset) {
    let clips = dataset.trainingIndices
    var (sum, squares, count) = (0.0, 0.0, 0)
    for index in stride(from: 0, to: clips.count, by: max(1, clips.count / 500)) {
      let values = dataset.soundFrames(clips[index]).mel.values
      for value in values {
        sum += Double(value)
        squares += Double(value) * Double(value)
      }
      count += values.count
    }
    let mean = sum / Double(max(1, count))
    let variance = squares / Double(max(1, count)) - mean * mean
    self.init(mean: Float(mean), deviation: Float(max(variance, 1e-6).squareRoot()))
  }
}
