import Foundation
import Memory

/// One block of aligned memory; returns to the pool when the last tensor that shares it is gone.
final class TensorStorage: @unchecked Sendable {
  // Sendable: written only through a unique reference (Tensor.withUnsafeMutable), read by all.
  let base: UnsafeMutablePointer<Float>
  let capacity: Int

  init(count: Int) {
    (base, capacity) = TensorPool.shared.take(count)
  }

  convenience init(bytes: Int) {
    self.init(count: (bytes + 3) / 4)
  }

  deinit {
    TensorPool.shared.give(base, capacity)
  }
}

/// Free blocks by capacity. Capacities are rounded up to an eighth of their power of two, so that a few hundred
/// classes cover every shape at most an eighth too large.
package final class TensorPool: @unchecked Sendable {
  // Sendable: what changes is behind the lock.
  package static let shared = TensorPool()

  private let lock = NSLock()
  private var free: [Int: [UnsafeMutablePointer<Float>]] = [:]
  /// Where new blocks come from, if not each from the system.
  private var slabs: TensorSlabs?

  /// From now on new blocks lie in huge pages: for work that goes through much memory, and long enough to make up for their
  /// being cleared as a whole.
  package func useHugePages() { lock.withLock { slabs = slabs ?? TensorSlabs() } }

  func take(_ count: Int) -> (UnsafeMutablePointer<Float>, Int) {
    let capacity = Self.roundedCapacity(count)
    lock.lock()
    defer { lock.unlock() }
    if let block = free[capacity]?.popLast() { return (block, capacity) }
    let (size, overflows) = capacity.multipliedReportingOverflow(by: MemoryLayout<Float>.stride)
    guard !overflows, let block = slabs?.take(size) ?? Self.allocate(size) ?? allocateAfterTrimming(size) else {
      OutOfMemory.end("a tensor of \(count) numbers")
    }
    return (block.bindMemory(to: Float.self, capacity: capacity), capacity)
  }

  private static func allocate(_ size: Int) -> UnsafeMutableRawPointer? {
    OutOfMemory.tryToAllocate(byteCount: size, alignment: 64)
  }

  /// What waits for tensors of other shapes goes back to the system, and then there may be enough.
  private func allocateAfterTrimming(_ size: Int) -> UnsafeMutableRawPointer? {
    // Blocks of slabs cannot be given back one by one.
    guard slabs == nil else { return nil }
    for block in free.values.joined() { Foundation.free(block) }
    free = [:]
    return Self.allocate(size)
  }

  func give(_ block: UnsafeMutablePointer<Float>, _ capacity: Int) {
    lock.lock()
    free[capacity, default: []].append(block)
    lock.unlock()
  }

  static func roundedCapacity(_ count: Int) -> Int {
    guard count > 128 else { return 128 }
    let step = 1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount - 3)
    return (count + step - 1) / step * step
  }
}

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
