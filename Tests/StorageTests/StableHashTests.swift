import Storage
import Testing

@Suite struct StableHashTests {
  /// Caches and splits live on disk and in reports: these values must never change.
  @Test func hashesAsItAlwaysDid() {
    #expect(StableHash.hexadecimal(StableHash.of("")) == "1feefaf04315af7b")
    #expect(StableHash.hexadecimal(StableHash.of("hiss")) == "1f5a6fd38441cf56")
    #expect(
      StableHash.hexadecimal(StableHash.of("a caption of more than thirty-two bytes in all")) == "9c8eeaebf87584ab")
  }

  /// A good hash changes half of its 64 bits when one bit of the input changes.
  @Test func everyBitMatters() {
    let bytes = [UInt8](repeating: 7, count: 100)
    let original = bytes.withUnsafeBytes { StableHash.of($0) }
    for bit in 0..<800 {
      var changed = bytes
      changed[bit / 8] ^= 1 << (bit % 8)
      let distance = (changed.withUnsafeBytes { StableHash.of($0) } ^ original).nonzeroBitCount
      #expect((8...56).contains(distance))
    }
  }
}
