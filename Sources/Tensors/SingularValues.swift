/// The singular value decomposition of a matrix, whose first so many terms are the best approximation of that rank (Eckart
/// and Young 1936, "The Approximation of One Matrix by Another of Lower Rank").
///
/// The vectors of the narrower side are the eigenvectors of its Gram matrix, in double precision: singular values below
/// some 1e-7 of the largest are lost.
package struct SingularValues: Sendable {
  /// Largest first; those that are nothing beside the largest are left out.
  package let values: [Double]
  private let matrix: Tensor
  /// Of length 1, for each value one of the narrower side's: of the columns, unless there are fewer rows.
  private let vectors: [[Double]]
  private var isTall: Bool { matrix.shape[0] >= matrix.shape[1] }

  /// Smaller singular values, as shares of the largest, are rounding errors.
  private static let leastShare = 1e-7

  /// - Precondition: the tensor is a matrix, `[rows, columns]`, of finite numbers.
  package init(_ matrix: Tensor) {
    precondition(matrix.shape.count == 2, "singular values of a tensor of shape \(matrix.shape)")
    self.matrix = matrix
    let tall = matrix.shape[0] >= matrix.shape[1]
    let (squares, vectors) = Self.gram(of: matrix, byColumns: tall).eigen()
    let least = Self.leastShare * max(squares.first ?? 0, 0).squareRoot()
    values = squares.map { max($0, 0).squareRoot() }.filter { $0 > least }
    self.vectors = Array(vectors.prefix(values.count))
  }

  /// The matrix of the first so many terms as a product left · right of `[rows, rank]` and `[rank, columns]`, which share
  /// the singular values evenly, so that neither's numbers are small for half precision.
  package func factors(rank: Int) -> (left: Tensor, right: Tensor) {
    let (rows, columns, rank) = (matrix.shape[0], matrix.shape[1], min(rank, values.count))
    var (left, right) = (Tensor([rows, rank]), Tensor([rank, columns]))
    for term in 0..<rank {
      let (root, vector) = (values[term].squareRoot(), vectors[term])
      let other = images(of: vector).map { Float($0 / root) }
      let own = vector.map { Float($0 * root) }
      let (tall, wide) = isTall ? (other, own) : (own, other)
      left.withUnsafeMutable { for row in 0..<rows { $0[row * rank + term] = tall[row] } }
      right.withUnsafeMutable { for column in 0..<columns { $0[term * columns + column] = wide[column] } }
    }
    return (left, right)
  }

  /// The product of the matrix with a vector of its narrower side.
  private func images(of vector: [Double]) -> [Double] {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    return matrix.withUnsafe { values in
      if isTall {
        return (0..<rows).map { row in
          (0..<columns).reduce(0) { $0 + Double(values[row * columns + $1]) * vector[$1] }
        }
      }
      var sums = [Double](repeating: 0, count: columns)
      for row in 0..<rows {
        for column in 0..<columns { sums[column] += Double(values[row * columns + column]) * vector[row] }
      }
      return sums
    }
  }

  /// The inner products of a matrix's columns, or rows, with each other.
  private static func gram(of matrix: Tensor, byColumns: Bool) -> SymmetricMatrix {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    let (size, depth) = byColumns ? (columns, rows) : (rows, columns)
    var products = [Double](repeating: 0, count: size * size)
    var terms = [Double](repeating: 0, count: size)
    matrix.withUnsafe { values in
      products.withUnsafeMutableBufferPointer { products in
        terms.withUnsafeMutableBufferPointer { terms in
          for k in 0..<depth {
            for i in 0..<size { terms[i] = Double(byColumns ? values[k * columns + i] : values[i * columns + k]) }
            for i in 0..<size {
              let factor = terms[i]
              for j in 0..<size { products[i * size + j] += factor * terms[j] }
            }
          }
        }
      }
    }
    return SymmetricMatrix(size: size, values: products)
  }
}
