/// A symmetric matrix of a few dozen rows, in double precision.
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
    var matrix = self
    var vectors = (0..<size).map { row in (0..<size).map { $0 == row ? 1.0 : 0 } }
    let scale = values.reduce(0) { $0 + $1 * $1 }
    for _ in 0..<60 {
      var rest = 0.0
      for row in 0..<size { for column in 0..<row { rest += matrix[row, column] * matrix[row, column] } }
      if rest <= 1e-28 * scale { break }
      for first in 0..<size {
        for second in (first + 1)..<max(first + 1, size) { matrix.rotate(first, second, &vectors) }
      }
    }
    let order = (0..<size).sorted { matrix[$0, $0] > matrix[$1, $1] }
    return (order.map { matrix[$0, $0] }, order.map { vectors[$0] })
  }

  /// Makes the element at (p, q) zero.
  private mutating func rotate(_ p: Int, _ q: Int, _ vectors: inout [[Double]]) {
    let off = self[p, q]
    guard off != 0 else { return }
    let theta = (self[q, q] - self[p, p]) / (2 * off)
    let t = (theta >= 0 ? 1.0 : -1) / (abs(theta) + (theta * theta + 1).squareRoot())
    let c = 1 / (t * t + 1).squareRoot()
    let s = t * c
    for k in 0..<size {
      let (a, b) = (self[k, p], self[k, q])
      self[k, p] = c * a - s * b
      self[k, q] = s * a + c * b
    }
    for k in 0..<size {
      let (a, b) = (self[p, k], self[q, k])
      self[p, k] = c * a - s * b
      self[q, k] = s * a + c * b
      let (v, w) = (vectors[p][k], vectors[q][k])
      vectors[p][k] = c * v - s * w
      vectors[q][k] = s * v + c * w
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
