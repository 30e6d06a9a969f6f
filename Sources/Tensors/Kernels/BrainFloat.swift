/// Conversion to and from bfloat16: the upper half of a float32, rounded to the nearest, ties to even.
///
/// What is not a number stays so: its upper half alone might read as an infinity, or its bits overflow to a zero.
package enum BrainFloat {
  package static func encode(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<UInt16>, count: Int
  ) {
    var i = 0
    while i + 16 <= count {
      let bits = UnsafeRawPointer(source + i).loadUnaligned(as: SIMD16<UInt32>.self)
      let upper = bits &>> 16
      let isNumber = (bits & 0x7FFF_FFFF) .<= 0x7F80_0000
      let rounded = (upper | 0x40).replacing(with: (bits &+ 0x7FFF &+ (upper & 1)) &>> 16, where: isNumber)
      UnsafeMutableRawPointer(target + i).storeBytes(
        of: SIMD16<UInt16>(truncatingIfNeeded: rounded), as: SIMD16<UInt16>.self)
      i += 16
    }
    while i < count {
      let bits = source[i].bitPattern
      let upper = bits &>> 16
      let rounded = source[i].isNaN ? upper | 0x40 : (bits &+ 0x7FFF &+ (upper & 1)) &>> 16
      target[i] = UInt16(truncatingIfNeeded: rounded)
      i += 1
    }
  }

  package static func decode(
    _ source: UnsafePointer<UInt16>, into target: UnsafeMutablePointer<Float>, count: Int
  ) {
    for i in 0..<count { target[i] = Float(bitPattern: UInt32(source[i]) &<< 16) }
  }
}
