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
