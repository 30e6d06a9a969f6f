extension Tensor {
  /// Adds tensors of one shape pairwise: neighbours first, then the sums of neighbours, and so on, so that any of the sums in
  /// between may be made somewhere else.
  ///
  /// Some elements of all at a time, so that memory is gone through once, however many there are.
  /// - Parameter terms: one or more; their memory is used up.
  /// - Returns: the sum, and the sum of its squares, as `sumOfSquares` has it.
  package static func sum(_ terms: consuming [Tensor]) -> (sum: Tensor, squares: Double) {
    let (count, shape) = (terms[0].count, terms[0].shape)
    precondition(terms.allSatisfy { $0.shape == shape }, "cannot add tensors of \(terms.map(\.shape))")
    // Each is asked for its memory once: where it is shared, it is copied now.
    let bases = terms.indices.map { index in terms[index].withUnsafeMutable { $0 } }
    let squares = sumOfRuns(count) { run in
      var distance = 1
      while distance < bases.count {
        for index in stride(from: 0, to: bases.count - distance, by: 2 * distance) {
          Loops.add(bases[index + distance] + run.lowerBound, to: bases[index] + run.lowerBound, count: run.count)
        }
        distance *= 2
      }
      return sumOfSquares(bases[0] + run.lowerBound, run.count)
    }
    return (terms[0], squares)
  }
}
