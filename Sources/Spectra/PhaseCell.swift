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

  /// A phase in turns from a seed and a magnitude's bits (the finalizer of MurmurHash3).
  @inline(__always)
  static func arbitraryPhase(_ magnitude: Float, seed: UInt64) -> Float {
    var bits = seed &* 0x9E37_79B9_7F4A_7C15 ^ UInt64(magnitude.bitPattern)
    bits = (bits ^ (bits &>> 33)) &* 0xFF51_AFD7_ED55_8CCD
    bits = (bits ^ (bits &>> 33)) &* 0xC4CE_B9FE_1A85_EC53
    return Float(bits &>> 40) * 0x1p-24
  }
}

/// The cells of a section's frames: rows padded as `FrameRows`, and a row's room before the first and after the last.
final class PhaseCells: @unchecked Sendable {
  // Sendable: threads work on the cells of frames of their own.

  /// Bin 0 of the first frame.
  let base: UnsafeMutablePointer<PhaseCell>
  /// Cells from one frame to the next.
  let stride: Int

  init(frameCount: Int, binCount: Int) {
    stride = FrameRows.stride(binCount: binCount)
    let memory = UnsafeMutablePointer<PhaseCell>.allocate(capacity: (frameCount + 2) * stride)
    // What surrounds the bins, which integration reads and never reaches; the bins themselves are made by `prepare`.
    memory.initialize(repeating: .unreachable, count: stride)
    for row in 1...frameCount {
      (memory + row * stride + binCount).initialize(repeating: .unreachable, count: stride - binCount)
    }
    (memory + (frameCount + 1) * stride).initialize(repeating: .unreachable, count: stride)
    base = memory + stride
  }

  deinit { (base - stride).deallocate() }

  /// Phasors of the lowest `binCount` bins.
  func spectra(binCount: Int) -> SignalEstimate.FirstSpectra {
    { [self] in Phasors.fill($1, cells: base + $0 * stride, count: binCount) }
  }
}
