/// Rows of bins, one a frame, each padded to whole vectors with at least two bins' room, and a row's room around all.
///
/// Indices count from bin 0 of frame 0, so that a bin's neighbours in frequency and time lie at ±1 and ±`stride`, and
/// exist even at the edges.
struct FrameRows: ~Copyable {
  /// Values from one frame to the next.
  let stride: Int
  let buffer: AlignedBuffer

  /// Bin 0 of frame 0.
  var base: UnsafeMutablePointer<Float> { buffer.base + stride }

  init(capacity: Int, binCount: Int) {
    stride = Self.stride(binCount: binCount)
    buffer = AlignedBuffer(count: (capacity + 2) * stride)
  }

  static func stride(binCount: Int) -> Int { (binCount + 2 + 15) / 16 * 16 }
}
