extension Tensor {
  /// Adds others of its shape, from the first to the last.
  ///
  /// Some elements of all at a time, so that memory is gone through once, however many there are.
  /// - Returns: the sum of the squares of what comes out, as `sumOfSquares` has it.
  package mutating func add(all others: [Tensor]) -> Double {
    precondition(others.allSatisfy { $0.shape == shape }, "cannot add tensors of \(others.map(\.shape)) to \(shape)")
    let count = self.count
    return withUnsafeMutable { base in
      Self.sumOfRuns(count) { run in
        let sum = base + run.lowerBound
        for other in others { other.withUnsafe { Loops.add($0 + run.lowerBound, to: sum, count: run.count) } }
        return Self.sumOfSquares(sum, run.count)
      }
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

  private static func sumOfRuns(_ count: Int, _ body: (Range<Int>) -> Float) -> Double {
    let length = 4096
    return stride(from: 0, to: count, by: length).reduce(0) { $0 + Double(body($1..<min($1 + length, count))) }
  }

  private static func sumOfSquares(_ base: UnsafePointer<Float>, _ count: Int) -> Float {
    Loops.sum(base, base, count: count) { a, _ in a * a }
  }
}
