extension Tensor {
  /// The elementwise sum, from the first to the last; nil of none.
  ///
  /// Some elements of all at a time, so that the sum is written once, however many there are.
  public static func sum(of parts: [Tensor]) -> Tensor? {
    guard let first = parts.first, parts.count > 1 else { return parts.first }
    precondition(parts.allSatisfy { $0.shape == first.shape }, "cannot add tensors of \(parts.map(\.shape))")
    let run = 4096
    var total = Tensor(uninitialized: first.shape)
    total.withUnsafeMutable { total in
      for start in stride(from: 0, to: first.count, by: run) {
        let (sum, count) = (total + start, min(run, first.count - start))
        reading(parts[0], parts[1]) { Loops.map($0 + start, $1 + start, into: sum, count: count) { $0 + $1 } }
        for part in parts.dropFirst(2) { part.withUnsafe { Loops.add($0 + start, to: sum, count: count) } }
      }
    }
    return total
  }

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
