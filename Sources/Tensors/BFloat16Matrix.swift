/// A bfloat16 copy of a tensor.
package final class BFloat16Matrix: @unchecked Sendable {
  package let base: UnsafeMutablePointer<UInt16>
  private let storage: TensorStorage

  /// - Parameter spareRows: rows behind the last, which hold anything.
  package init(_ tensor: Tensor, spareRows: Int = 0) {
    let spare = spareRows == 0 ? 0 : spareRows * tensor.shape[1]
    storage = TensorStorage(count: (tensor.count + spare + 1) / 2)
    base = UnsafeMutableRawPointer(storage.base).bindMemory(to: UInt16.self, capacity: tensor.count + spare)
    tensor.withUnsafe { BFloat16.encode($0, into: base, count: tensor.count) }
  }
}

/// Conversion to and from bfloat16: the upper half of a float32, rounded to the nearest, ties to even.
///
/// What is not a number stays so: its upper half alone might read as an infinity, or its bits overflow to a zero.
package enum BFloat16 {
  package static func encode(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<UInt16>, count: Int
  ) {
    // One element at a time: the compiler makes vectors of this, and better ones than of SIMD types with a mask.
    for i in 0..<count {
      let bits = source[i].bitPattern
      let upper = bits &>> 16
      let rounded = (bits &+ 0x7FFF &+ (upper & 1)) &>> 16
      target[i] = UInt16(truncatingIfNeeded: (bits & 0x7FFF_FFFF) > 0x7F80_0000 ? upper | 0x40 : rounded)
    }
  }

  package static func decode(
    _ source: UnsafePointer<UInt16>, into target: UnsafeMutablePointer<Float>, count: Int
  ) {
    for i in 0..<count { target[i] = Float(bitPattern: UInt32(source[i]) &<< 16) }
  }
}
