/// Elementary functions without branches or calls, so that loops over them become vector code; accurate to a few units
/// in the last place over the range that activations have. (Written for one `Float` on purpose: Swift 6.3 takes
/// `SIMD16.addingProduct` and `.clamped` apart into scalars, while it vectorises these loops whole.)
enum VectorMath {
  /// a · b + c in one instruction, rounded once. The compiler never makes one of a product and a sum by itself; with them a
  /// GELU takes seven tenths of the time.
  @inline(__always)
  static func fused(_ a: Float, _ b: Float, _ c: Float) -> Float { c.addingProduct(a, b) }

  /// e^x within −87.3 … 88.3; beyond, the value at the nearer end (1.2e-38, 2.2e38). Cephes' reduction with its
  /// polynomial.
  @inline(__always)
  static func exp(_ x: Float) -> Float {
    let low: Float = x < -87.3 ? -87.3 : x
    let clamped: Float = low > 88.3 ? 88.3 : low
    // Adding 1.5 · 2²³ leaves the nearest integer in the low bits of the mantissa.
    let shifted = fused(clamped, 1.442_695_04, 12_582_912)
    let n = shifted - 12_582_912
    // ln 2 in two parts, so that the remainder is exact.
    let r = fused(n, 2.121_944_4e-4, fused(n, -0.693_359_375, clamped))
    var p: Float = 1.987_569_15e-4
    p = fused(p, r, 1.398_199_95e-3)
    p = fused(p, r, 8.333_451_9e-3)
    p = fused(p, r, 4.166_579_6e-2)
    p = fused(p, r, 1.666_666_55e-1)
    p = fused(p, r, 5.000_000_1e-1)
    let mantissa = fused(p * r, r, r) + 1
    return mantissa * Float(bitPattern: (shifted.bitPattern &- 0x4B40_0000 &+ 127) &<< 23)
  }

  /// 1 / (1 + e^−x).
  @inline(__always)
  static func sigmoid(_ x: Float) -> Float { 1 / (1 + exp(-x)) }

  /// The error function, by Abramowitz & Stegun 7.1.26 (absolute error below 1.5e-7 in exact arithmetic).
  @inline(__always)
  static func erf(_ x: Float) -> Float {
    let a = x < 0 ? -x : x
    let t = 1 / fused(0.327_591_1, a, 1)
    var p: Float = 1.061_405_429
    p = fused(p, t, -1.453_152_027)
    p = fused(p, t, 1.421_413_741)
    p = fused(p, t, -0.284_496_736)
    p = fused(p, t, 0.254_829_592)
    let y = fused(-p * t, exp(-(a * a)), 1)
    return x < 0 ? -y : y
  }
}

/// Loops over arrays sixteen floats at a time; the tail goes through the same arithmetic in a padded vector.
enum Loops {
  typealias Vector = SIMD16<Float>

  @inline(__always)
  static func load(_ p: UnsafePointer<Float>) -> Vector {
    UnsafeRawPointer(p).loadUnaligned(as: Vector.self)
  }

  @inline(__always)
  static func store(_ v: Vector, _ p: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(p).storeBytes(of: v, as: Vector.self)
  }

  @inline(__always)
  static func map(
    _ a: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, count: Int, _ f: (Vector) -> Vector
  ) {
    var i = 0
    while i + 16 <= count {
      store(f(load(a + i)), out + i)
      i += 16
    }
    guard i < count else { return }
    var x = Vector.zero
    for j in i..<count { x[j - i] = a[j] }
    let y = f(x)
    for j in i..<count { out[j] = y[j - i] }
  }

  @inline(__always)
  static func map(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, count: Int,
    _ f: (Vector, Vector) -> Vector
  ) {
    var i = 0
    while i + 16 <= count {
      store(f(load(a + i), load(b + i)), out + i)
      i += 16
    }
    guard i < count else { return }
    var x = Vector.zero
    var y = Vector.zero
    for j in i..<count {
      x[j - i] = a[j]
      y[j - i] = b[j]
    }
    let z = f(x, y)
    for j in i..<count { out[j] = z[j - i] }
  }

  /// The sum of f over the elements, in sixteen partial sums.
  @inline(__always)
  static func sum(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, count: Int, _ f: (Vector, Vector) -> Vector
  ) -> Float {
    var total = Vector.zero
    var i = 0
    while i + 16 <= count {
      total += f(load(a + i), load(b + i))
      i += 16
    }
    if i < count {
      var x = Vector.zero
      var y = Vector.zero
      for j in i..<count {
        x[j - i] = a[j]
        y[j - i] = b[j]
      }
      var z = f(x, y)
      for j in (count - i)..<16 { z[j] = 0 }
      total += z
    }
    return sum(total)
  }

  /// The sum of a vector, halves added to halves: in four steps, where `SIMD16.sum` adds one element after another.
  @inline(__always)
  private static func sum(_ v: Vector) -> Float {
    let eight = v.lowHalf + v.highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two.x + two.y
  }

  /// The largest element, or −∞ of none; elements that are not numbers do not count.
  @inline(__always)
  static func maximum(_ a: UnsafePointer<Float>, count: Int) -> Float {
    var most = Vector(repeating: -.infinity)
    var i = 0
    while i + 16 <= count {
      let values = load(a + i)
      most.replace(with: values, where: values .> most)
      i += 16
    }
    var eight = most.lowHalf
    eight.replace(with: most.highHalf, where: most.highHalf .> eight)
    var four = eight.lowHalf
    four.replace(with: eight.highHalf, where: eight.highHalf .> four)
    var largest = -Float.infinity
    for lane in 0..<4 where four[lane] > largest { largest = four[lane] }
    while i < count {
      if a[i] > largest { largest = a[i] }
      i += 1
    }
    return largest
  }

  /// out += factor · a.
  @inline(__always)
  static func add(
    _ a: UnsafePointer<Float>, times factor: Float = 1, to out: UnsafeMutablePointer<Float>, count: Int
  ) {
    let k = Vector(repeating: factor)
    map(a, UnsafePointer(out), into: out, count: count) { $1 + $0 * k }
  }
}

extension Loops {
  @inline(__always)
  static func map(
    _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ c: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>, count: Int, _ f: (Vector, Vector, Vector) -> Vector
  ) {
    var i = 0
    while i + 16 <= count {
      store(f(load(a + i), load(b + i), load(c + i)), out + i)
      i += 16
    }
    guard i < count else { return }
    var x = Vector.zero
    var y = Vector.zero
    var z = Vector.zero
    for j in i..<count {
      x[j - i] = a[j]
      y[j - i] = b[j]
      z[j - i] = c[j]
    }
    let w = f(x, y, z)
    for j in i..<count { out[j] = w[j - i] }
  }
}
