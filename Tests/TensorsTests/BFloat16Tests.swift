import Tensors
import Testing

@Suite("bfloat16")
struct BFloat16Tests {
  private func encode(_ values: [Float]) -> [UInt16] {
    [UInt16](unsafeUninitializedCapacity: values.count) { buffer, count in
      if let base = buffer.baseAddress { BFloat16.encode(values, into: base, count: values.count) }
      count = values.count
    }
  }

  @Test("Every upper half with lower halves around the ties goes to the nearer neighbour, ties to the even one")
  func roundsToNearest() {
    for upper in stride(from: UInt32(0), to: 0x1_0000, by: 1) {
      let values = [0, 1, 0x7FFF, 0x8000, 0x8001, 0xFFFF].map { Float(bitPattern: upper << 16 | $0) }
      guard values[0].isFinite else { continue }
      let halves = encode(values)
      // The neighbour away from zero; beyond the largest finite number it counts as 2¹²⁸.
      let away = Float(bitPattern: (upper + 1) << 16)
      let (near, far) = (abs(Double(values[0])), away.isFinite ? abs(Double(away)) : 0x1p128)
      let expected = values.map { value -> UInt16 in
        let (down, up) = (abs(Double(value)) - near, far - abs(Double(value)))
        return UInt16(down < up || (down == up && upper % 2 == 0) ? upper : upper + 1)
      }
      #expect(halves == expected)
    }
  }

  @Test("What bfloat16 holds comes back unchanged, infinities included")
  func roundTrip() {
    let halves = (UInt16(0)...UInt16.max).filter { !Float(bitPattern: UInt32($0) << 16).isNaN }
    var values = [Float](repeating: 0, count: halves.count)
    BFloat16.decode(halves, into: &values, count: halves.count)
    #expect(encode(values) == halves)
  }

  @Test("What is not a number stays so, whatever its bits", arguments: [1, 15, 16, 33])
  func notANumber(count: Int) {
    for bits: UInt32 in [0x7F80_0001, 0x7FC0_0000, 0x7FFF_FFFF, 0xFF80_0001, 0xFFFF_8000, 0xFFFF_FFFF] {
      let halves = encode([Float](repeating: Float(bitPattern: bits), count: count))
      #expect(halves.allSatisfy { Float(bitPattern: UInt32($0) << 16).isNaN }, "\(String(bits, radix: 16))")
    }
  }
}
