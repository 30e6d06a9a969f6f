/// A symmetric matrix of some hundred rows, in double precision.
package struct SymmetricMatrix: Sendable, Equatable {
  package let size: Int
  /// `[row, column]` row-major.
  package private(set) var values: [Double]

  /// - Precondition: the values make a square.
  package init(size: Int, values: [Double]) {
    precondition(values.count == size * size, "\(values.count) values do not make \(size) × \(size)")
    self.size = size
    self.values = values
  }

  package subscript(row: Int, column: Int) -> Double {
    get { values[row * size + column] }
    set { values[row * size + column] = newValue }
  }

  package var trace: Double { (0..<size).reduce(0) { $0 + self[$1, $1] } }

  /// Eigenvalues, largest first, and their vectors of length 1, by Jacobi's cyclic rotations (Golub and Van Loan,
  /// "Matrix Computations", section 8.5).
  package func eigen() -> (values: [Double], vectors: [[Double]]) {
    // Rows lie an odd number of cache lines apart: the elements of a column would share a few of its sets otherwise.
    let pitch = 8 * ((size + 7) / 8 | 1)
    var matrix = [Double](repeating: 0, count: size * pitch)
    for row in 0..<size { for column in 0..<size { matrix[row * pitch + column] = self[row, column] } }
    var vectors = (0..<size * size).map { $0 % (size + 1) == 0 ? 1.0 : 0 }
    let limit = 1e-28 * values.reduce(0) { $0 + $1 * $1 }
    matrix.withUnsafeMutableBufferPointer { matrix in
      vectors.withUnsafeMutableBufferPointer { vectors in
        guard let matrix = matrix.baseAddress, let vectors = vectors.baseAddress else { return }
        for _ in 0..<60 where Self.offDiagonal(matrix, pitch, size) > limit {
          for first in 0..<size {
            for second in (first + 1)..<max(first + 1, size) {
              guard let (c, s) = Self.rotate(matrix, pitch, size, first, second) else { continue }
              Self.turn(vectors + first * size, vectors + second * size, by: 1, size, c, s)
            }
          }
        }
      }
    }
    let order = (0..<size).sorted { matrix[$0 * (pitch + 1)] > matrix[$1 * (pitch + 1)] }
    return (order.map { matrix[$0 * (pitch + 1)] }, order.map { Array(vectors[$0 * size..<($0 + 1) * size]) })
  }

  /// The sum of the squares below the diagonal.
  private static func offDiagonal(_ matrix: UnsafePointer<Double>, _ pitch: Int, _ size: Int) -> Double {
    var sum = 0.0
    for row in 0..<size {
      for column in 0..<row { sum += matrix[row * pitch + column] * matrix[row * pitch + column] }
    }
    return sum
  }

  /// Makes the element at (p, q) zero; the cosine and the sine of the rotation, nil where it is zero already.
  private static func rotate(
    _ matrix: UnsafeMutablePointer<Double>, _ pitch: Int, _ size: Int, _ p: Int, _ q: Int
  ) -> (c: Double, s: Double)? {
    let off = matrix[p * pitch + q]
    guard off != 0 else { return nil }
    let theta = (matrix[q * pitch + q] - matrix[p * pitch + p]) / (2 * off)
    let t = (theta >= 0 ? 1.0 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    turn(matrix + p, matrix + q, by: pitch, size, c, s)
    turn(matrix + p * pitch, matrix + q * pitch, by: 1, size, c, s)
    return (c, s)
  }

  /// Turns two rows, whose elements are neighbours, or two columns into each other.
  @inline(__always)
  private static func turn(
    _ first: UnsafeMutablePointer<Double>, _ second: UnsafeMutablePointer<Double>, by stride: Int, _ count: Int,
    _ c: Double, _ s: Double
  ) {
    for k in 0..<count {
      let (a, b) = (first[k * stride], second[k * stride])
      first[k * stride] = c * a - s * b
      second[k * stride] = s * a + c * b
    }
  }

  /// The square root of a matrix without negative eigenvalues; those that rounding made negative count as 0.
  package func squareRoot() -> SymmetricMatrix {
    let (values, vectors) = eigen()
    var root = SymmetricMatrix(size: size, values: [Double](repeating: 0, count: size * size))
    for (value, vector) in zip(values, vectors) where value > 0 {
      for row in 0..<size {
        for column in 0..<size { root[row, column] += value.squareRoot() * vector[row] * vector[column] }
      }
    }
    return root
  }

  /// A·B·A of this matrix A.
  package func sandwiching(_ other: SymmetricMatrix) -> SymmetricMatrix {
    func product(_ a: SymmetricMatrix, _ b: SymmetricMatrix) -> SymmetricMatrix {
      var result = SymmetricMatrix(size: size, values: [Double](repeating: 0, count: size * size))
      for row in 0..<size {
        for k in 0..<size {
          let factor = a[row, k]
          for column in 0..<size { result[row, column] += factor * b[k, column] }
        }
      }
      return result
    }
    return product(product(self, other), self)
  }
}
