package import Tensors
import Training

extension SymmetricMatrix {
  /// The inverse of a positive definite matrix: L⁻ᵀ · L⁻¹.
  package func inverse() -> SymmetricMatrix {
    let root = CholeskyFactor.inverse(of: values, width: size)
    var inverse = SymmetricMatrix(size: size, values: [Double](repeating: 0, count: size * size))
    for k in 0..<size {
      for row in 0...k {
        for column in 0...row { inverse[row, column] += root[k * size + row] * root[k * size + column] }
      }
    }
    for row in 0..<size { for column in 0..<row { inverse[column, row] = inverse[row, column] } }
    return inverse
  }
}
