import Foundation

/// Memory that is kept for the life of the process, cut from slabs of huge pages.
///
/// A training step goes through hundreds of megabytes. In pages of 4 KiB the processor would look up again and again where they
/// lie: it remembers a few thousand, and fetches ahead only within one.
struct TensorSlabs {
  private static let pageSize = 2 << 20
  private static let slabSize = 32 << 20

  /// What is left of the newest slab.
  private var next = slab(slabSize)
  private var left = slabSize

  /// - Parameter byteCount: a multiple of 64, so that every block is aligned to that.
  mutating func take(_ byteCount: Int) -> UnsafeMutableRawPointer {
    // Larger ones would waste the ends of slabs.
    guard byteCount <= Self.slabSize / 8 else { return Self.slab(byteCount) }
    if byteCount > left { (next, left) = (Self.slab(Self.slabSize), Self.slabSize) }
    defer {
      next += byteCount
      left -= byteCount
    }
    return next
  }

  private static func slab(_ byteCount: Int) -> UnsafeMutableRawPointer {
    let size = (byteCount + pageSize - 1) / pageSize * pageSize
    let slab = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: pageSize)
    // Only advice: without huge pages everything works as well, if slower.
    madvise(slab, size, MADV_HUGEPAGE)
    return slab
  }
}
