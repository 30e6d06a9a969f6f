extension RandomSource {
  /// `count` standard normal numbers: four from each index, beginning at `index`.
  public func normals(at index: UInt64 = 0, count: Int) -> [Float] {
    [Float](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      if let base = buffer.baseAddress { fillNormals(base, count: count, at: index) }
      initializedCount = count
    }
  }

  /// A tensor of standard normal numbers: four from each index, beginning at `index`, in row-major order.
  public func normals(_ shape: [Int], at index: UInt64 = 0) -> Tensor {
    var tensor = Tensor(uninitialized: shape)
    let count = tensor.count
    tensor.withUnsafeMutable { fillNormals($0, count: count, at: index) }
    return tensor
  }

  /// Writes `count` standard normal numbers to `output`: four from each index, beginning at `index`.
  public func fillNormals(_ output: UnsafeMutablePointer<Float>, count: Int, at index: UInt64 = 0) {
    precondition(count >= 0, "\(count) numbers cannot be drawn")
    for block in 0..<count / 4 {
      let words = words(at: index &+ UInt64(truncatingIfNeeded: block))
      let first = Self.normalPair(words.0, words.1)
      let second = Self.normalPair(words.2, words.3)
      let target = output + 4 * block
      target[0] = first.0
      target[1] = first.1
      target[2] = second.0
      target[3] = second.1
    }
    let done = count / 4 * 4
    guard done < count else { return }
    let words = words(at: index &+ UInt64(truncatingIfNeeded: count / 4))
    let first = Self.normalPair(words.0, words.1)
    let second = Self.normalPair(words.2, words.3)
    let last = [first.0, first.1, second.0, second.1]
    for offset in done..<count { output[offset] = last[offset - done] }
  }

  /// Two independent standard normal numbers from two words (Box and Muller 1958): √(−2 ln u) times cosine and sine.
  ///
  /// Only sums, products and a quotient, each rounded as IEEE 754 says, so that every machine gives the same bytes, and
  /// nothing that keeps a loop from being vectorised. The largest magnitude is √(2 · 33 ln 2) = 6.76.
  @inline(__always)
  static func normalPair(_ radiusBits: UInt32, _ angleBits: UInt32) -> (Float, Float) {
    // u in [2⁻³³, 1]: never 0, and fine near 0, where the tail of the distribution comes from.
    let radius = squareRoot(-2 * logarithm(Float(radiusBits) * 0x1p-32 + 0x1p-33))
    // The upper two bits choose a quarter turn, the others an angle within ±1/8 turn of it.
    let quarter = angleBits >> 30
    let fraction = Float(Int32(truncatingIfNeeded: angleBits & 0x3FFF_FFFF)) * 0x1p-30 - 0.5
    let (sine, cosine) = sineAndCosine(quarterTurns: fraction)
    let isOdd = quarter & 1 == 1
    let x = isOdd ? sine : cosine
    let y = isOdd ? cosine : sine
    // Rotating by 0, 1, 2, 3 quarters gives (c, s), (−s, c), (−c, −s), (s, −c).
    let negatesX = (quarter ^ (quarter >> 1)) << 31
    let negatesY = (quarter >> 1) << 31
    let signedX = Float(bitPattern: x.bitPattern ^ negatesX)
    let signedY = Float(bitPattern: y.bitPattern ^ negatesY)
    return (radius * signedX, radius * signedY)
  }

  /// The square root of 0 or a normal positive number, to about 1e-7 relative.
  ///
  /// `Float.squareRoot()` branches to the C library for negative numbers, which kept the loop above from being
  /// vectorised and made it nine times slower. This is 1/√ by its well-known first guess from the bits, to 3 %, and
  /// three steps of Newton's method.
  @inline(__always)
  private static func squareRoot(_ value: Float) -> Float {
    let half = 0.5 * value
    var inverse = Float(bitPattern: 0x5F37_59DF &- (value.bitPattern >> 1))
    for _ in 0..<3 { inverse *= 1.5 - half * inverse * inverse }
    return value * inverse
  }

  /// The natural logarithm of a normal positive number, to about 1e-7 relative or absolute, whichever is larger.
  ///
  /// m · 2ᵉ with m in [√½, √2), and ln m = 2 artanh((m − 1) / (m + 1)) as its series up to the ninth power.
  @inline(__always)
  private static func logarithm(_ value: Float) -> Float {
    let shifted = value.bitPattern &- 0x3F35_04F3
    let exponent = Float(Int32(bitPattern: shifted) >> 23)
    let mantissa = Float(bitPattern: (shifted & 0x007F_FFFF) &+ 0x3F35_04F3)
    let s = (mantissa - 1) / (mantissa + 1)
    let square = s * s
    let series = square * (1 / 3 + square * (1 / 5 + square * (1 / 7 + square * (1 / 9 as Float))))
    return exponent * 0.693_147_18 + 2 * (s + s * series)
  }

  /// Sine and cosine of `quarterTurns` · π/2 for arguments in ±½, by their Taylor series.
  @inline(__always)
  private static func sineAndCosine(quarterTurns: Float) -> (Float, Float) {
    let angle = quarterTurns * (Float.pi / 2)
    let square = angle * angle
    let sine = angle - angle * square * (1 / 6 - square * (1 / 120 - square * (1 / 5040 - square * (1 / 362_880))))
    let cosine = 1 - square * (1 / 2 - square * (1 / 24 - square * (1 / 720 - square * (1 / 40_320))))
    return (sine, cosine)
  }
}
