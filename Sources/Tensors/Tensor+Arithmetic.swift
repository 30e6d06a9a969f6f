extension Tensor {
  /// Every element times a factor.
  public func scaled(by factor: Float) -> Tensor { Tensor(shape, values.map { $0 * factor }) }

  /// Adds `other` elementwise, times a factor.
  public mutating func add(_ other: Tensor, times factor: Float = 1) {
    precondition(other.shape == shape, "cannot add \(other.shape) to \(shape)")
    let count = self.count
    guard isUnshared else {
      // In one pass, where a copy to add to would take two.
      self = .make(shape, reading: self, other) { Loops.map($1, $2, into: $0, count: count) { $0 + $1 * factor } }
      return
    }
    other.withUnsafe { from in withUnsafeMutable { Loops.add(from, times: factor, to: $0, count: count) } }
  }

  /// Adds a vector to each row of a matrix.
  mutating func addToRows(_ vector: Tensor) {
    let width = vector.count
    precondition(shape.last == width, "cannot add \(vector.shape) to the rows of \(shape)")
    let rows = count / width
    vector.withUnsafe { from in
      withUnsafeMutable { base in
        for row in 0..<rows { Loops.add(from, to: base + row * width, count: width) }
      }
    }
  }

  /// Adds the sum of all rows to `total`.
  func addRowSums(to total: UnsafeMutablePointer<Float>) {
    let width = shape[shape.count - 1]
    withUnsafe { base in
      for row in 0..<(count / width) { Loops.add(base + row * width, to: total, count: width) }
    }
  }

  /// Whether no element is infinite or not a number.
  public var isFinite: Bool {
    // Only these times zero are not zero.
    withUnsafe { Loops.sum($0, $0, count: count) { a, _ in a * 0 } } == 0
  }

  /// The sum of the squares, in double precision over short runs so that long tensors lose nothing.
  public var sumOfSquares: Double {
    withUnsafe { base in Self.sumOfRuns(count) { Self.sumOfSquares(base + $0.lowerBound, $0.count) } }
  }

  static func sumOfRuns(_ count: Int, _ body: (Range<Int>) -> Float) -> Double {
    let length = 4096
    return stride(from: 0, to: count, by: length).reduce(0) { $0 + Double(body($1..<min($1 + length, count))) }
  }

  static func sumOfSquares(_ base: UnsafePointer<Float>, _ count: Int) -> Float {
    Loops.sum(base, base, count: count) { a, _ in a * a }
  }
}
