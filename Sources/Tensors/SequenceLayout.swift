/// Which rows of a ragged batch belong together: sequences of different lengths lie back to back as rows, so that
/// nothing is padded and nothing needs a mask.
public struct SequenceLayout: Sendable, Equatable {
  /// The number of rows of each sequence.
  public let lengths: [Int]
  /// The first row of each sequence.
  public let starts: [Int]
  /// The number of rows of all.
  public let rowCount: Int

  public init(_ lengths: [Int]) {
    precondition(lengths.allSatisfy { $0 > 0 }, "a sequence of no rows in \(lengths)")
    self.lengths = lengths
    var starts: [Int] = []
    var next = 0
    for length in lengths {
      starts.append(next)
      next += length
    }
    self.starts = starts
    self.rowCount = next
  }

  /// The number of sequences.
  public var count: Int { lengths.count }
}
