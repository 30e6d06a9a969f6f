import Tensors

/// Damages bytes at random, the same way for the same seed.
struct Mutator {
  private var random: RandomSource
  private let seeds: [[UInt8]]
  /// Pieces that mean something to the reader.
  private let words: [[UInt8]]

  private static let numbers: [UInt64] = [
    0, 1, 2, 0x7F, 0x80, 0xFF, 0x7FFF, 0x8000, 0xFFFF, 0x10000, 0x7FFF_FFFF, 0x8000_0000, 0xFFFF_FFFF, 0x1_0000_0000,
    0x7FFF_FFFF_FFFF_FFFF, 0x8000_0000_0000_0000, 0xFFFF_FFFF_FFFF_FFFF,
  ]

  init(seeds: [[UInt8]], words: [String], seed: UInt64) {
    self.seeds = seeds
    self.words = words.map { Array($0.utf8) }
    random = RandomSource(seed: seed)
  }

  /// A seed with one to eight changes.
  mutating func next() -> [UInt8] {
    var bytes = seeds[random.integer(below: seeds.count)]
    for _ in 0...random.integer(below: 8) { change(&bytes) }
    return bytes
  }

  private mutating func change(_ bytes: inout [UInt8]) {
    guard !bytes.isEmpty else { return bytes.append(UInt8(truncatingIfNeeded: random.next())) }
    // Headers come first: half of the changes are made there.
    let reach = random.integer(below: 2) == 0 ? min(64, bytes.count) : bytes.count
    let place = random.integer(below: reach)
    let length = 1 + random.integer(below: min(64, bytes.count - place))
    switch random.integer(below: 11) {
    case 0: bytes[place] ^= 1 << UInt8(random.integer(below: 8))
    case 1: bytes[place] = UInt8(truncatingIfNeeded: random.next())
    case 2: writeNumber(into: &bytes, at: place)
    case 3: bytes.removeSubrange(place..<place + length)
    case 4: bytes.insert(contentsOf: Array(bytes[place..<place + length]), at: place)
    case 5: bytes.removeSubrange(place...)
    case 6:
      let other = seeds[random.integer(below: seeds.count)]
      let start = random.integer(below: other.count)
      bytes.replaceSubrange(place..<bytes.count, with: other[start...])
    case 7 where !words.isEmpty:
      bytes.insert(contentsOf: words[random.integer(below: words.count)], at: place)
    case 8 where !words.isEmpty:
      bytes.replaceSubrange(place..<place + length, with: words[random.integer(below: words.count)])
    case 9, 10: replaceDigits(in: &bytes)
    default: bytes.insert(UInt8(truncatingIfNeeded: random.next()), at: place)
    }
  }

  /// Puts a number that nobody would write in the place of one of those in a text.
  private mutating func replaceDigits(in bytes: inout [UInt8]) {
    func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
    let starts = bytes.indices.filter { isDigit(bytes[$0]) && ($0 == 0 || !isDigit(bytes[$0 - 1])) }
    guard !starts.isEmpty else { return }
    let start = starts[random.integer(below: starts.count)]
    let end = bytes[start...].firstIndex { !isDigit($0) && $0 != UInt8(ascii: ".") } ?? bytes.count
    bytes.replaceSubrange(start..<end, with: Self.numerals[random.integer(below: Self.numerals.count)].utf8)
  }

  private static let numerals = [
    "0", "1", "2", "-1", "0.5", "80", "7999", "40000000", "2147483648", "4294967296", "17179869184",
    "9223372036854775807", "-9223372036854775808", "18446744073709551615", "18446744073709551616", "1e308", "-1e308",
    "1e999", "1e-320", "3.4e38", String(repeating: "9", count: 400),
  ]

  /// A number at the edge of some type, of 1, 2, 4 or 8 bytes, in either order.
  private mutating func writeNumber(into bytes: inout [UInt8], at place: Int) {
    let width = 1 << random.integer(below: 4)
    let number = Self.numbers[random.integer(below: Self.numbers.count)]
    let isBig = random.integer(below: 2) == 0
    for index in 0..<min(width, bytes.count - place) {
      bytes[place + index] = UInt8(truncatingIfNeeded: number >> UInt64(8 * (isBig ? width - 1 - index : index)))
    }
  }
}
