/// A product of two narrow matrices whose numbers are bytes, with a scale for each term of the product.
///
/// Bytes keep a term to some 1e-4 of its energy, and let a file hold twice as many as half precision would.
package struct LowRankMatrix: Sendable {
  /// `[rows, rank]` and `[rank, columns]`, whole numbers of 1 to 255: `zero` stands for 0.
  package let left, right: Tensor
  /// What each term is multiplied by, `[rank]`.
  package let scales: Tensor

  /// The byte that means 0, and the greatest distance from it.
  private static let (zero, most): (Float, Float) = (128, 127)

  package var rank: Int { scales.count }

  /// - Precondition: the shapes fit.
  package init(left: Tensor, right: Tensor, scales: Tensor) {
    precondition(
      left.shape.count == 2 && right.shape.count == 2 && [left.shape[1]] == scales.shape
        && [right.shape[0]] == scales.shape, "\(left.shape) · \(right.shape) with scales of \(scales.shape)")
    (self.left, self.right, self.scales) = (left, right, scales)
  }

  /// Rounds the factors of a product to bytes, each term to as many as its greatest numbers allow.
  package init(rounding factors: (left: Tensor, right: Tensor)) {
    let (rank, rows, columns) = (factors.right.shape[0], factors.left.shape[0], factors.right.shape[1])
    let (wide, tall) = (factors.right.values, factors.left.values)
    var (left, right) = ([Float](repeating: 0, count: tall.count), [Float](repeating: 0, count: wide.count))
    let scales = (0..<rank).map { term in
      Self.round(tall, into: &left, (0..<rows).map { $0 * rank + term })
        * Self.round(wide, into: &right, (0..<columns).map { term * columns + $0 })
    }
    self.init(left: Tensor([rows, rank], left), right: Tensor([rank, columns], right), scales: Tensor([rank], scales))
  }

  /// Rounds the numbers at some places, and tells what they are multiples of.
  private static func round(_ values: [Float], into bytes: inout [Float], _ places: [Int]) -> Float {
    let unit = places.reduce(0) { max($0, abs(values[$1])) } / most
    for place in places {
      bytes[place] = zero + (unit > 0 ? (values[place] / unit).rounded(.toNearestOrEven) : 0)
    }
    return unit
  }

  /// Adds a factor times the product to a matrix. The sums are of a fixed order: the same on every machine.
  package func add(to matrix: inout Tensor, times factor: Float) {
    let (rows, columns, rank) = (left.shape[0], right.shape[1], rank)
    precondition(matrix.shape == [rows, columns], "\(left.shape) · \(right.shape) added to \(matrix.shape)")
    let (tall, wide) = (left.values, right.values.map { $0 - Self.zero })
    let factors = scales.values.map { factor * $0 }
    wide.withUnsafeBufferPointer { wide in
      guard let wide = wide.baseAddress else { return }
      matrix.withUnsafeMutable { sums in
        for row in 0..<rows {
          let shares = (0..<rank).map { factors[$0] * (tall[row * rank + $0] - Self.zero) }
          Self.add(shares, wide, columns, to: sums + row * columns)
        }
      }
    }
  }

  /// Adds the terms to a row, one after another.
  private static func add(
    _ shares: [Float], _ wide: UnsafePointer<Float>, _ columns: Int, to row: UnsafeMutablePointer<Float>
  ) {
    let whole = columns / 16 * 16
    for column in stride(from: 0, to: whole, by: 16) {
      var sum = UnsafeRawPointer(row + column).loadUnaligned(as: SIMD16<Float>.self)
      for (term, share) in shares.enumerated() {
        sum += share * UnsafeRawPointer(wide + term * columns + column).loadUnaligned(as: SIMD16<Float>.self)
      }
      UnsafeMutableRawPointer(row + column).storeBytes(of: sum, as: SIMD16<Float>.self)
    }
    for column in whole..<columns {
      for (term, share) in shares.enumerated() { row[column] += share * wide[term * columns + column] }
    }
  }
}
