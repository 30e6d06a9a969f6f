extension RandomSource {
  /// Four words in scalar form, which, unlike `SIMD4`, lets a loop over counters be vectorised.
  package typealias Words = (UInt32, UInt32, UInt32, UInt32)

  /// Ten rounds of Philox4x32 (Salmon et al. 2011, section 4.2; constants of table 2 and the Random123 library).
  @inline(__always)
  package static func philox(counter: Words, key: (UInt32, UInt32)) -> Words {
    var (x0, x1, x2, x3) = counter
    var (k0, k1) = key
    for _ in 0..<10 {
      let product0 = UInt64(x0) &* 0xD251_1F53
      let product1 = UInt64(x2) &* 0xCD9E_8D57
      x0 = UInt32(truncatingIfNeeded: product1 >> 32) ^ x1 ^ k0
      x1 = UInt32(truncatingIfNeeded: product1)
      x2 = UInt32(truncatingIfNeeded: product0 >> 32) ^ x3 ^ k1
      x3 = UInt32(truncatingIfNeeded: product0)
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return (x0, x1, x2, x3)
  }
}
