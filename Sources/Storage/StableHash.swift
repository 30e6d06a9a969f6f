/// A 64-bit hash that is the same on every machine and in every run, unlike `Hasher`; not cryptographic.
///
/// Four lanes of multiply-and-rotate over words of 8 bytes keep up with memory, so whole caches can be checked with it.
package enum StableHash {
  /// The hash of `bytes`.
  package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt64 {
    var stream = Stream()
    stream.absorb(bytes)
    return stream.hash
  }

  /// The same hash of bytes that come in pieces.
  package struct Stream {
    private var lanes = SIMD4<UInt64>(
      0x9E37_79B9_7F4A_7C15, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x27D4_EB2F_1656_67C5)
    private var byteCount = 0

    package init() {}

    /// Takes in the next piece.
    /// - Precondition: of the pieces before, each was of a multiple of 32 bytes.
    package mutating func absorb(_ bytes: UnsafeRawBufferPointer) {
      precondition(byteCount % 32 == 0, "a piece behind one of \(byteCount) bytes")
      byteCount += bytes.count
      let wide = bytes.count / 32
      for block in 0..<wide {
        StableHash.absorb(bytes.loadUnaligned(fromByteOffset: block * 32, as: SIMD4<UInt64>.self), into: &lanes)
      }
      guard wide * 32 < bytes.count else { return }
      var rest = SIMD4<UInt64>()
      withUnsafeMutableBytes(of: &rest) {
        $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: bytes[(wide * 32)...]))
      }
      StableHash.absorb(rest, into: &lanes)
    }

    /// Of all pieces so far.
    package var hash: UInt64 {
      var hash = UInt64(byteCount)
      for lane in 0..<4 { hash = mixed(hash ^ lanes[lane]) }
      return hash
    }
  }

  /// The hash of the UTF-8 bytes of `text`.
  package static func of(_ text: String) -> UInt64 {
    var text = text
    return text.withUTF8 { of(UnsafeRawBufferPointer($0)) }
  }

  /// 16 hexadecimal digits.
  package static func hexadecimal(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  @inline(__always)
  private static func absorb(_ words: SIMD4<UInt64>, into lanes: inout SIMD4<UInt64>) {
    lanes = (lanes ^ words) &* SIMD4(repeating: 0x9FB2_1C65_1E98_DF25)
    lanes ^= lanes &>> 29
  }

  /// The finalizer of MurmurHash3: every bit of `value` changes every bit of the result.
  private static func mixed(_ value: UInt64) -> UInt64 {
    var value = value
    value = (value ^ value >> 33) &* 0xFF51_AFD7_ED55_8CCD
    value = (value ^ value >> 33) &* 0xC4CE_B9FE_1A85_EC53
    return value ^ value >> 33
  }
}
