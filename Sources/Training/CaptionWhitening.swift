package import Layers
package import Tensors

/// A linear map after which sentence embeddings vary about as much in every direction.
///
/// As the encoder gives them, captions differ most in their wording and least in what sets one instrument off from its
/// neighbour. With C the covariance and e the mean of its eigenvalues, x becomes L⁻¹(x − μ), where LLᵀ = C + e·I: what
/// varies much is brought down to variance 1, and what hardly varies is not blown up beyond reason. (Any other root of
/// (C + e·I)⁻¹ would do as well: it is the same but for a rotation.) Captions that hardly differ at all are not blown up
/// beyond 1/√`leastShare` times either.
package struct CaptionWhitening {
  /// The least e, as a share of the captions' mean square.
  private static let leastShare = 1e-3

  private let mean: [Double]
  /// L⁻¹, lower triangular, `[width, width]`.
  private let inverse: [Double]
  private var width: Int { mean.count }

  /// - Parameter rows: `[caption, width]`.
  package init(_ rows: Tensor) {
    let (count, width) = (rows.shape[0], rows.shape[1])
    let values = rows.values
    var mean = [Double](repeating: 0, count: width)
    for row in 0..<count {
      for column in 0..<width { mean[column] += Double(values[row * width + column]) / Double(count) }
    }
    var covariance = [Double](repeating: 0, count: width * width)
    for row in 0..<count {
      let centred = (0..<width).map { Double(values[row * width + $0]) - mean[$0] }
      for i in 0..<width {
        let factor = centred[i] / Double(count)
        for j in 0...i { covariance[i * width + j] += factor * centred[j] }
      }
    }
    let variance = (0..<width).reduce(0) { $0 + covariance[$1 * width + $1] } / Double(width)
    let meanSquare = variance + mean.reduce(0) { $0 + $1 * $1 } / Double(width)
    let level = max(variance, Self.leastShare * meanSquare, 1e-12)
    for i in 0..<width { covariance[i * width + i] += level }
    self.mean = mean
    inverse = CholeskyFactor.inverse(of: covariance, width: width)
  }

  /// `[caption, width]` to the same shape, whitened.
  package func callAsFunction(_ rows: Tensor) -> Tensor {
    let values = rows.values
    return Tensor(
      rows.shape,
      (0..<rows.shape[0]).flatMap { row in
        let centred = (0..<width).map { Double(values[row * width + $0]) - mean[$0] }
        return (0..<width).map { i in
          Float((0...i).reduce(0.0) { $0 + inverse[i * width + $1] * centred[$1] })
        }
      })
  }

  /// Makes a layer that has learned on whitened sentences take them as they are: its output stays the same.
  package func fold(into layer: Linear) {
    let weight = layer.weight.value.values
    let outputs = weight.count / width
    var folded = [Double](repeating: 0, count: weight.count)
    for output in 0..<outputs {
      for i in 0..<width {
        let factor = Double(weight[output * width + i])
        for j in 0...i { folded[output * width + j] += factor * inverse[i * width + j] }
      }
    }
    layer.weight.value = Tensor([outputs, width], folded.map { Float($0) })
    layer.bias?.update { bias in
      for output in 0..<outputs {
        bias[output] -= Float((0..<width).reduce(0) { $0 + folded[output * width + $1] * mean[$1] })
      }
    }
  }
}
