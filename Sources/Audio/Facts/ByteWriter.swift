/// Puts numbers and texts together into bytes.
struct ByteWriter {
  private(set) var bytes: [UInt8] = []
  private let isBigEndian: Bool

  init(bigEndian isBigEndian: Bool = false) { self.isBigEndian = isBigEndian }

  mutating func add<Number: FixedWidthInteger>(_ number: Number) {
    withUnsafeBytes(of: isBigEndian ? number.bigEndian : number.littleEndian) { bytes.append(contentsOf: $0) }
  }

  mutating func add(_ number: Float) { add(number.bitPattern) }

  mutating func add(bytes more: some Sequence<UInt8>) { bytes.append(contentsOf: more) }

  mutating func add(text: String) { bytes.append(contentsOf: text.utf8) }

  /// Characters of ASCII in a field of so many bytes, the rest of which is zero; others become question marks.
  mutating func add(ascii text: String, in count: Int) {
    let codes = Self.ascii(text).prefix(count)
    bytes.append(contentsOf: codes)
    bytes.append(contentsOf: repeatElement(0, count: count - codes.count))
  }

  /// A byte for each character, and for each of a line end's two.
  static func ascii(_ text: String) -> [UInt8] {
    text.flatMap { $0 == "\r\n" ? [0x0D, 0x0A] : [$0.asciiValue ?? UInt8(ascii: "?")] }
  }
}

extension RandomAccessCollection<UInt8> where Index == Int {
  /// The number in `count` bytes at an offset from the start; nil beyond the end.
  func number(at offset: Int, count size: Int, bigEndian: Bool = false) -> Int? {
    guard offset >= 0, size <= 4, offset + size <= count else { return nil }
    let digits = self[startIndex + offset..<startIndex + offset + size]
    let ordered = bigEndian ? Array(digits) : digits.reversed()
    return ordered.reduce(0) { $0 << 8 | Int($1) }
  }
}
