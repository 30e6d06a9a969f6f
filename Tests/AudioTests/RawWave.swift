/// A float WAV made byte by byte, so that it can hold what no honest writer would write.
struct RawWave {
  var floats: [Float]
  var channels: UInt16
  /// The audio length that the header claims; the true one if `nil`.
  var claimedBytes: UInt32?

  var bytes: [UInt8] {
    let byteCount = UInt32(floats.count * 4)
    let blockAlign = 4 * channels
    var bytes = Array("RIFF".utf8) + little(36 + byteCount) + Array("WAVEfmt ".utf8) + little(UInt32(16))
    bytes += little(UInt16(3)) + little(channels) + little(UInt32(44100)) + little(44100 * UInt32(blockAlign))
    bytes += little(blockAlign) + little(UInt16(32)) + Array("data".utf8) + little(claimedBytes ?? byteCount)
    return floats.reduce(into: bytes) { $0 += little($1.bitPattern) }
  }

  private func little<Value: FixedWidthInteger>(_ value: Value) -> [UInt8] {
    withUnsafeBytes(of: value.littleEndian) { Array($0) }
  }
}
