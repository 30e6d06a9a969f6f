/// Cholesky's decomposition (Golub and Van Loan, "Matrix Computations", section 4.2).
package enum CholeskyFactor {
  /// L⁻¹ of a positive definite A = LLᵀ, `[row, column]`, of which the lower triangle is read: the decomposition, then the
  /// columns of L⁻¹ by forward substitution.
  package static func inverse(of matrix: [Double], width: Int) -> [Double] {
    var root = matrix
    for i in 0..<width {
      for j in 0...i {
        var value = root[i * width + j]
        for k in 0..<j { value -= root[i * width + k] * root[j * width + k] }
        root[i * width + j] = i == j ? value.squareRoot() : value / root[j * width + j]
      }
    }
    // Each column stands as a row, so that sums run along memory.
    var columns = [Double](repeating: 0, count: width * width)
    for column in 0..<width {
      for i in column..<width {
        var value = i == column ? 1.0 : 0
        for k in column..<i { value -= root[i * width + k] * columns[column * width + k] }
        columns[column * width + i] = value / root[i * width + i]
      }
    }
    return (0..<width * width).map { columns[$0 % width * width + $0 / width] }
  }
}
