import Foundation

/// A positive definite matrix A = UᵀU as its upper factor U, which solves systems of it (Golub and Van Loan, "Matrix
/// Computations", section 4.2). All loops run along memory.
package struct PositiveSystem: Sendable {
  package let width: Int
  /// `[row, column]`; what lies below the diagonal is of no account.
  private var factor: [Double]

  /// - Parameter matrix: `[row, column]`, of which the upper triangle is read.
  package init(_ matrix: [Double], width: Int) {
    precondition(matrix.count == width * width, "\(matrix.count) numbers are no matrix of width \(width)")
    self.width = width
    factor = matrix
    factor.withUnsafeMutableBufferPointer { buffer in
      guard let a = buffer.baseAddress else { return }
      for k in 0..<width {
        let pivot = a + k * width
        let scale = 1 / pivot[k].squareRoot()
        for j in k..<width { pivot[j] *= scale }
        for i in k + 1..<width {
          let (row, share) = (a + i * width, pivot[i])
          for j in i..<width { row[j] -= share * pivot[j] }
        }
      }
    }
  }

  /// The natural logarithm of A's determinant.
  package var logDeterminant: Double { 2 * (0..<width).reduce(0) { $0 + log(factor[$1 * width + $1]) } }

  /// U⁻ᵀ · b: the sum of its squares is bᵀA⁻¹b.
  package func whitened(_ b: [Double]) -> [Double] {
    precondition(b.count == width, "\(b.count) numbers for a system of \(width)")
    var result = b
    result.withUnsafeMutableBufferPointer { y in
      factor.withUnsafeBufferPointer { u in
        for k in 0..<width {
          let (row, value) = (k * width, y[k] / u[k * width + k])
          y[k] = value
          for j in k + 1..<width { y[j] -= value * u[row + j] }
        }
      }
    }
    return result
  }

  /// A⁻¹ · b.
  package func solution(_ b: [Double]) -> [Double] {
    var x = whitened(b)
    for k in (0..<width).reversed() {
      var sum = x[k]
      for j in k + 1..<width { sum -= factor[k * width + j] * x[j] }
      x[k] = sum / factor[k * width + k]
    }
    return x
  }
}
