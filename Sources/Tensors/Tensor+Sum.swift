extension Tensor {
  /// Adds tensors of one shape pairwise: neighbours first, then the sums of neighbours, and so on, so that any of the sums in
  /// between may be made somewhere else. One that is missing keeps its place: its neighbour's sum is the pair's.
  ///
  /// Some elements of all at a time, so that memory is gone through once, however many there are.
  /// - Parameter terms: their memory is used up.
  /// - Returns: the sum, and the sum of its squares, as `sumOfSquares` has it; nil where all are missing.
  package static func sum(_ terms: consuming [Tensor?]) -> (sum: Tensor, squares: Double)? {
    let (additions, last) = pairs(of: terms.map { $0 != nil })
    guard let last, let shape = terms[last]?.shape, let count = terms[last]?.count else { return nil }
    precondition(terms.allSatisfy { $0 == nil || $0?.shape == shape }, "cannot add tensors of \(terms.map(\.?.shape))")
    // Each is asked for its memory once: where it is shared, it is copied now.
    let bases = terms.indices.map { index in terms[index]?.withUnsafeMutable { $0 } }
    let squares = sumOfRuns(count) { run in
      for (from, to) in additions {
        guard let from = bases[from], let to = bases[to] else { continue }
        Loops.add(from + run.lowerBound, to: to + run.lowerBound, count: run.count)
      }
      return bases[last].map { sumOfSquares($0 + run.lowerBound, run.count) } ?? 0
    }
    return terms[last].map { ($0, squares) }
  }

  /// Which terms are added to which others, one after the other, and where the sum is then; nil where all are missing.
  private static func pairs(of present: [Bool]) -> (additions: [(from: Int, to: Int)], last: Int?) {
    // Where the sum of the terms from each place on is.
    var holders = present.indices.map { present[$0] ? $0 : nil }
    var additions: [(from: Int, to: Int)] = []
    var distance = 1
    while distance < holders.count {
      for index in stride(from: 0, to: holders.count - distance, by: 2 * distance) {
        guard let from = holders[index + distance] else { continue }
        if let to = holders[index] { additions.append((from, to)) } else { holders[index] = from }
      }
      distance *= 2
    }
    return (additions, holders.first ?? nil)
  }
}
