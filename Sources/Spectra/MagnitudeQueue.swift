/// A priority queue of bins by magnitude, in constant time: buckets 1/256 of an octave wide, the last in first out.
///
/// A heap of exact magnitudes costs log n a bin and integrates the same phases to within what magnitudes so close can
/// matter. Bins are numbered within the frames' memory; links between them double as the record of which were pushed.
struct MagnitudeQueue: ~Copyable {
  /// Bins that were never pushed, and may be.
  static let open: Int32 = -2
  /// Bins that are never to be pushed.
  static let closed: Int32 = -3
  private static let end: Int32 = -1
  private static let bucketCount = 4096
  /// Float bits are in order; these many low ones are ignored: 2²³ / 2¹⁵ buckets an octave.
  private static let shift: UInt32 = 15

  /// For each bin the next in its bucket, `open`, or `closed`.
  let links: UnsafeMutablePointer<Int32>
  private let heads: UnsafeMutablePointer<Int32>
  /// One bit for each bucket that is not empty, and one for each word of these that is not zero.
  private let words: UnsafeMutablePointer<UInt64>
  private var summary: UInt64 = 0
  private let floorBits: UInt32

  /// A queue over `links`, which the caller owns, for magnitudes above `floor`.
  init(links: UnsafeMutablePointer<Int32>, floor: Float) {
    self.links = links
    floorBits = floor.bitPattern
    heads = .allocate(capacity: Self.bucketCount)
    heads.initialize(repeating: Self.end, count: Self.bucketCount)
    words = .allocate(capacity: 64)
    words.initialize(repeating: 0, count: 64)
  }

  deinit {
    heads.deallocate()
    words.deallocate()
  }

  /// Adds a bin.
  @inline(__always)
  mutating func push(_ bin: Int, magnitude: Float) {
    let rank = max(magnitude.bitPattern, floorBits) &- floorBits
    let bucket = min(Int(truncatingIfNeeded: rank &>> Self.shift), Self.bucketCount - 1)
    links[bin] = heads[bucket]
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
    heads[bucket] = links[bin]
    if links[bin] == Self.end {
      words[word] &= ~(1 &<< UInt64(truncatingIfNeeded: bit))
      if words[word] == 0 { summary &= ~(1 &<< UInt64(truncatingIfNeeded: word)) }
    }
    return bin
  }
}
