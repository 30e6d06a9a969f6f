/// A priority queue of bins by magnitude, in constant time: buckets 1/256 of an octave wide, the last in first out.
///
/// A heap of exact magnitudes costs log n a bin and integrates the same phases to within what magnitudes so close can
/// matter. Bins are numbered within the frames' memory, whose cells hold the links of the buckets' lists.
struct MagnitudeQueue: ~Copyable {
  private static let end: Int32 = -1
  private static let bucketCount = 4096
  /// Float bits are in order; these many low ones are ignored: 2²³ / 2¹⁵ buckets an octave.
  private static let shift: UInt32 = 15

  private let cells: UnsafeMutablePointer<PhaseCell>
  private let heads: UnsafeMutablePointer<Int32>
  /// One bit for each bucket that is not empty, and one for each word of these that is not zero.
  private let words: UnsafeMutablePointer<UInt64>
  private var summary: UInt64 = 0

  /// A queue over `cells`, which the caller owns.
  init(_ cells: UnsafeMutablePointer<PhaseCell>) {
    self.cells = cells
    heads = .allocate(capacity: Self.bucketCount)
    heads.initialize(repeating: Self.end, count: Self.bucketCount)
    words = .allocate(capacity: 64)
    words.initialize(repeating: 0, count: 64)
  }

  deinit {
    heads.deallocate()
    words.deallocate()
  }

  /// The bucket of a magnitude above `floor`; louder ones have greater numbers.
  @inline(__always)
  static func bucket(_ magnitude: Float, above floor: Float) -> Int {
    let rank = magnitude.bitPattern &- floor.bitPattern
    return min(Int(truncatingIfNeeded: rank &>> shift), bucketCount - 1)
  }

  /// Adds an open bin.
  @inline(__always)
  mutating func push(_ bin: Int) {
    let bucket = cells[bin].bucket
    cells[bin].link = heads[bucket]
    heads[bucket] = Int32(truncatingIfNeeded: bin)
    words[bucket &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: bucket & 63)
    summary |= 1 &<< UInt64(truncatingIfNeeded: bucket &>> 6)
  }

  /// Takes a bin of the loudest bucket; nil of an empty queue.
  @inline(__always)
  mutating func pop() -> Int? {
    guard summary != 0 else { return nil }
    let word = 63 &- summary.leadingZeroBitCount
    let bit = 63 &- words[word].leadingZeroBitCount
    let bucket = word &* 64 &+ bit
    let bin = Int(heads[bucket])
    let next = cells[bin].link
    heads[bucket] = next
    if next == Self.end {
      words[word] &= ~(1 &<< UInt64(truncatingIfNeeded: bit))
      if words[word] == 0 { summary &= ~(1 &<< UInt64(truncatingIfNeeded: word)) }
    }
    return bin
  }
}
