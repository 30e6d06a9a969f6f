/// Reads bytes in order and checks every step against the end.
struct ByteCursor {
  let data: [UInt8]
  var offset = 0
  /// Behind the last byte that may be read.
  var end: Int

  init(_ data: [UInt8]) { (self.data, end) = (data, data.count) }

  var remaining: Int { end - offset }

  mutating func byte(of what: String) throws(MIDIError) -> UInt8 {
    guard offset < end else { throw .truncated(offset: end, what: what) }
    defer { offset += 1 }
    return data[offset]
  }

  mutating func bytes(_ count: Int, of what: String) throws(MIDIError) -> ArraySlice<UInt8> {
    guard count >= 0, count <= remaining else { throw .truncated(offset: end, what: what) }
    defer { offset += count }
    return data[offset..<offset + count]
  }

  mutating func skip(_ count: Int, of what: String) throws(MIDIError) {
    _ = try bytes(count, of: what)
  }

  mutating func integer(byteCount: Int, of what: String) throws(MIDIError) -> Int {
    try bytes(byteCount, of: what).reduce(0) { $0 << 8 | Int($1) }
  }

  /// A variable-length quantity: seven bits a byte, of which 28 may say something.
  /// - Returns: also whether it has more than the four bytes that it should have.
  mutating func variableLength(of what: String) throws(MIDIError) -> (value: Int, isLong: Bool) {
    let start = offset
    var value = 0
    while value < 1 << 28 {
      let next = try byte(of: what)
      value = value << 7 | Int(next & 0x7F)
      if next & 0x80 == 0, value < 1 << 28 { return (value, offset - start > 4) }
    }
    throw .badData(offset: start, what: "\(what) that is too large")
  }

  /// Whether four letters stand at a place.
  func holds(_ name: String, at place: Int) -> Bool {
    place >= 0 && place + 4 <= data.count && data[place..<place + 4].elementsEqual(name.utf8)
  }

  /// The next place at which these letters stand.
  func place(of name: String, from start: Int) -> Int? {
    guard let first = name.utf8.first else { return nil }
    var place = start
    while place + 4 <= data.count, let found = data[place...].firstIndex(of: first) {
      if holds(name, at: found) { return found }
      place = found + 1
    }
    return nil
  }

  /// A number of four bytes, the least significant first.
  func littleEndian(at place: Int) -> Int? {
    guard place >= 0, place + 4 <= data.count else { return nil }
    return data[place..<place + 4].reversed().reduce(0) { $0 << 8 | Int($1) }
  }
}
