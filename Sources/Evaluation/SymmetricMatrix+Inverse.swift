extension SymmetricMatrix {
  /// The inverse of a positive definite matrix, by Cholesky's factors (Golub and Van Loan, "Matrix Computations", section 4.2).
  package func inverse() -> SymmetricMatrix {
    let count = size
    // L of L · Lᵀ, and then its inverse, in place, row by row.
    var lower = values
    lower.withUnsafeMutableBufferPointer { l in
      for row in 0..<count {
        for column in 0...row {
          var sum = l[row * count + column]
          for k in 0..<column { sum -= l[row * count + k] * l[column * count + k] }
          l[row * count + column] = row == column ? max(sum, 1e-12).squareRoot() : sum / l[column * count + column]
        }
      }
    }
    // The columns of L⁻¹, as rows, so that sums run along memory.
    var columns = [Double](repeating: 0, count: count * count)
    for column in 0..<count {
      for row in column..<count {
        var sum = row == column ? 1.0 : 0
        for k in column..<row { sum -= lower[row * count + k] * columns[column * count + k] }
        columns[column * count + row] = sum / lower[row * count + row]
      }
    }
    // A⁻¹ = L⁻ᵀ · L⁻¹.
    var inverse = SymmetricMatrix(size: count, values: [Double](repeating: 0, count: count * count))
    for row in 0..<count {
      for column in 0...row {
        var sum = 0.0
        for k in row..<count { sum += columns[row * count + k] * columns[column * count + k] }
        (inverse[row, column], inverse[column, row]) = (sum, sum)
      }
    }
    return inverse
  }
}
