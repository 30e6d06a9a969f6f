/// Random numbers that depend on where they stand, not on when they are asked for.
///
/// Philox4x32-10 (Salmon, Moraes, Dror and Shaw 2011, "Parallel Random Numbers: As Easy as 1, 2, 3"): a bijection of
/// 128-bit counters under a 64-bit key. Here the key is `seed` and the counter is `(index, stream)`, so that
/// `bits(at: 7)` is the same on any thread, in any order, however much was drawn before; and two sources with
/// different `(seed, stream)` never share a counter.
///
/// Two ways to draw: by index (`bits(at:)`, `normals(at:count:)`, …), which changes nothing, or one after another
/// (`next()`, `uniform()`, `normal()`, and everything of the standard library that takes a generator), which reads the
/// very same numbers from index 0 on. Use one way per source, and `split(_:)` to have a source for each purpose.
public struct RandomSource: RandomNumberGenerator, Sendable, Equatable {
  /// The key of the bijection.
  public let seed: UInt64
  /// The upper half of every counter.
  public let stream: UInt64
  /// How many 64-bit numbers were drawn one after another.
  public private(set) var position: UInt64 = 0

  /// A source at its first number.
  public init(seed: UInt64, stream: UInt64 = 0) {
    self.seed = seed
    self.stream = stream
  }

  /// 128 random bits, a function of seed, stream and index only.
  public func bits(at index: UInt64) -> SIMD4<UInt32> {
    let words = words(at: index)
    return SIMD4(words.0, words.1, words.2, words.3)
  }

  /// A source of its own for `key`: a step, a clip, a purpose.
  ///
  /// The seed and stream of the child are the 128 bits that Philox gives for `(key, stream)` under a changed seed: a
  /// bijection, so different keys give different children. Children of different parents coincide with the
  /// probability of two 128-bit random numbers. How much was drawn from the parent does not matter.
  public func split(_ key: UInt64) -> RandomSource {
    // Under the parent's own seed the child would be made of numbers that the parent also hands out.
    let words = RandomSource(seed: seed ^ 0x9E37_79B9_7F4A_7C15, stream: stream).words(at: key)
    return RandomSource(
      seed: UInt64(words.1) << 32 | UInt64(words.0), stream: UInt64(words.3) << 32 | UInt64(words.2))
  }

  /// The next 64 bits: the lower, then the upper half of `bits(at: 0)`, of `bits(at: 1)`, and so on.
  public mutating func next() -> UInt64 {
    let words = words(at: position / 2)
    let isUpper = position % 2 == 1
    position &+= 1
    return isUpper ? UInt64(words.3) << 32 | UInt64(words.2) : UInt64(words.1) << 32 | UInt64(words.0)
  }

  /// The next number in [0, 1), a multiple of 2⁻²⁴.
  public mutating func uniform() -> Float {
    Float(next() >> 40) * 0x1p-24
  }

  /// The next number in `range`, the upper bound excluded (up to rounding).
  public mutating func uniform(in range: Range<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * uniform()
  }

  /// The next whole number in 0..<bound; the bias is below bound / 2⁶⁴.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "no whole number lies below \(bound) and not below 0")
    return Int(next().multipliedFullWidth(by: UInt64(bound)).high)
  }

  /// The next standard normal number.
  public mutating func normal() -> Float {
    let bits = next()
    return Self.normalPair(UInt32(truncatingIfNeeded: bits), UInt32(truncatingIfNeeded: bits >> 32)).0
  }

  @inline(__always)
  func words(at index: UInt64) -> Words {
    Self.philox(
      counter: (
        UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32),
        UInt32(truncatingIfNeeded: stream), UInt32(truncatingIfNeeded: stream >> 32)
      ),
      key: (UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)))
  }
}

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
