extension Tensor {
  /// Whether no element is infinite or not a number.
  public var isFinite: Bool {
    // Only these times zero are not zero.
    withUnsafe { Loops.sum($0, $0, count: count) { a, _ in a * 0 } } == 0
  }

  /// The sum of the squares, in double precision over short runs so that long tensors lose nothing.
  public var sumOfSquares: Double {
    let run = 4096
    return withUnsafe { base in
      stride(from: 0, to: count, by: run).reduce(0) { total, start in
        total + Double(Loops.sum(base + start, base + start, count: min(run, count - start)) { a, _ in a * a })
      }
    }
  }
}
