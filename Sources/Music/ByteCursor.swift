/// Reads bytes in order and checks every step against the end.
struct ByteCursor {
  let data: [UInt8]
  var offset = 0

  init(_ data: [UInt8]) { self.data = data }

  var remaining: Int { data.count - offset }

  mutating func byte(of what: String) throws(MIDIError) -> UInt8 {
    guard offset < data.count else { throw .truncated(offset: data.count, what: what) }
    defer { offset += 1 }
    return data[offset]
  }

  mutating func bytes(_ count: Int, of what: String) throws(MIDIError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else { throw .truncated(offset: data.count, what: what) }
    defer { offset += count }
    return data[offset..<offset + count]
  }

  mutating func skip(_ count: Int, of what: String) throws(MIDIError) {
    _ = try bytes(count, of: what)
  }

  mutating func integer(byteCount: Int, of what: String) throws(MIDIError) -> Int {
    try bytes(byteCount, of: what).reduce(0) { $0 << 8 | Int($1) }
  }

  /// A variable-length quantity: seven bits a byte, at most four bytes.
  mutating func variableLength(of what: String) throws(MIDIError) -> Int {
    let start = offset
    var value = 0
    for _ in 0..<4 {
      let next = try byte(of: what)
      value = value << 7 | Int(next & 0x7F)
      if next & 0x80 == 0 { return value }
    }
    throw .badData(offset: start, what: "\(what) of more than four bytes")
  }
}
