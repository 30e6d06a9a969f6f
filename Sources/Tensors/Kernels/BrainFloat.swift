/// Conversion to and from bfloat16: the upper half of a float32, rounded to the nearest, ties to even.
package enum BrainFloat {
  package static func encode(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<UInt16>, count: Int
  ) {
    var i = 0
    while i + 16 <= count {
      let bits = UnsafeRawPointer(source + i).loadUnaligned(as: SIMD16<UInt32>.self)
      let rounded = (bits &+ 0x7FFF &+ ((bits &>> 16) & 1)) &>> 16
      UnsafeMutableRawPointer(target + i).storeBytes(
        of: SIMD16<UInt16>(truncatingIfNeeded: rounded), as: SIMD16<UInt16>.self)
      i += 16
    }
    while i < count {
      let bits = source[i].bitPattern
      target[i] = UInt16(truncatingIfNeeded: (bits &+ 0x7FFF &+ ((bits &>> 16) & 1)) &>> 16)
      i += 1
    }
  }

  package static func decode(
    _ source: UnsafePointer<UInt16>, into target: UnsafeMutablePointer<Float>, count: Int
  ) {
    for i in 0..<count { target[i] = Float(bitPattern: UInt32(source[i]) &<< 16) }
  }
}
