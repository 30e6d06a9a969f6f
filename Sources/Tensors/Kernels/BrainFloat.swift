/// Conversion to and from bfloat16: the upper half of a float32, rounded to the nearest, ties to even.
///
/// What is not a number stays so: its upper half alone might read as an infinity, or its bits overflow to a zero.
package enum BrainFloat {
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
