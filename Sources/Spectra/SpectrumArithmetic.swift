/// The loops over one frame's samples and bins. Plain loops over pointers, as that is what vectorises.
enum SpectrumArithmetic {
  /// product ← a · b.
  @inline(__always)
  static func multiply(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into product: UnsafeMutablePointer<Float>, count: Int
  ) {
    for index in 0..<count { product[index] = a[index] * b[index] }
  }

  /// c ← A · c / |c| over `count` interleaved bins. Zero stays zero.
  ///
  /// `squareRoot()` and shuffles of SIMD values would not vectorise as well.
  @inline(__always)
  static func project(
    _ spectrum: UnsafeMutablePointer<Float>, onto magnitudes: UnsafePointer<Float>, count: Int
  ) {
    for bin in 0..<count {
      let re = spectrum[2 &* bin]
      let im = spectrum[2 &* bin &+ 1]
      let gain = magnitudes[bin] * reciprocalSquareRoot(re * re + im * im + .leastNormalMagnitude)
      spectrum[2 &* bin] = re * gain
      spectrum[2 &* bin &+ 1] = im * gain
    }
  }

  /// |c|² of `count` interleaved bins.
  @inline(__always)
  static func power(_ spectrum: UnsafePointer<Float>, into power: UnsafeMutablePointer<Float>, count: Int) {
    for bin in 0..<count {
      let re = spectrum[2 &* bin]
      let im = spectrum[2 &* bin &+ 1]
      power[bin] = re * re + im * im
    }
  }

  /// A₀^0.2 · √p^0.8, which is the fifth root of A₀ p², of `count` bins.
  @inline(__always)
  static func blend(
    _ anchor: UnsafePointer<Float>, _ power: UnsafePointer<Float>, into magnitudes: UnsafeMutablePointer<Float>,
    count: Int
  ) {
    for bin in 0..<count { magnitudes[bin] = fifthRoot(anchor[bin] * power[bin] * power[bin]) }
  }
}

/// 1 / √x of positive, normal x to a few units in the last place: a guess by halving the exponent, then Newton's steps.
@inline(__always)
private func reciprocalSquareRoot(_ x: Float) -> Float {
  var root = Float(bitPattern: 0x5F37_59DF &- (x.bitPattern &>> 1))
  let half = x * 0.5
  root *= 1.5 - half * root * root
  root *= 1.5 - half * root * root
  root *= 1.5 - half * root * root
  return root
}

/// x^(1/5) of x ≥ 0, to 1e-6: a guess at x^(−1/5) by dividing the exponent, Newton's steps for z⁻⁵ = x, then x z⁴.
@inline(__always)
private func fifthRoot(_ x: Float) -> Float {
  let fifth = UInt32(truncatingIfNeeded: (UInt64(x.bitPattern) &* 0x3333_3333) &>> 32)
  // 1.2 times the bits of 1, less what centres the guess's error (3 %).
  var root = Float(bitPattern: 0x4C2B_8CCC &- fifth)
  for _ in 0..<3 {
    let square = root * root
    root *= 1.2 - 0.2 * x * square * square * root
  }
  let square = root * root
  return x * square * square
}
