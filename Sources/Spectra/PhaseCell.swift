/// What phase integration knows of one bin of one frame, side by side in memory, as it visits bins in no order of
/// places.
struct PhaseCell {
  /// The link of a bin that has no phase to integrate.
  static let closed: Int32 = -2
  /// Beyond the edges.
  static let unreachable = PhaseCell(link: closed, phase: 0, timeSlope: 0, frequencySlope: 0)

  /// In a queue the next bin of its bucket, or −1; before, what `waiting` makes of its bucket, or `closed`.
  var link: Int32
  /// In turns.
  var phase: Float
  /// Half of what the phase gains from frame to frame, above its bin's own advance, in turns.
  var timeSlope: Float
  /// Half of what the phase gains from bin to bin, above the half turn back, in turns.
  var frequencySlope: Float

  /// Whether the bin waits to be reached.
  @inline(__always)
  var isOpen: Bool { link < Self.closed }

  /// The bucket of a bin that waits.
  @inline(__always)
  var bucket: Int { Int(Self.closed &- 1 &- link) }

  /// The link of a bin that waits to be put into a bucket.
  @inline(__always)
  static func waiting(bucket: Int) -> Int32 { closed &- 1 &- Int32(truncatingIfNeeded: bucket) }
}
