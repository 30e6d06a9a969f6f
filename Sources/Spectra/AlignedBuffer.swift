/// `Float` memory on a 64-byte boundary: a cache line, and what FFTW's vector codelets expect
/// of every array that a plan is run on.
package struct AlignedBuffer: ~Copyable {
  package let base: UnsafeMutablePointer<Float>
  package let count: Int

  /// Memory for `count` floats, all zero.
  package init(count: Int) {
    precondition(count >= 0, "a buffer of \(count) floats")
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Float>.stride, alignment: 64)
    base = raw.bindMemory(to: Float.self, capacity: max(count, 1))
    base.initialize(repeating: 0, count: max(count, 1))
    self.count = count
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// Sets every element to zero.
  package func clear() { base.update(repeating: 0, count: count) }
}

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
