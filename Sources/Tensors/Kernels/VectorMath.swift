/// Elementary functions on sixteen floats at a time, accurate to a few units in the last place over the range that
/// activations have. Cephes' reductions with minimax polynomials; no branches, so that loops of them stay vectors.
enum VectorMath {
  typealias Vector = SIMD16<Float>

  /// e^x within −87.3 … 88.3; beyond, the value at the nearer end (1.2e-38, 2.2e38).
  @inline(__always)
  static func exp(_ x: Vector) -> Vector {
    let clamped = x.replacing(with: -87.3, where: x .< -87.3).replacing(with: 88.3, where: x .> 88.3)
    // Adding 1.5 · 2²³ leaves the nearest integer in the low bits of the mantissa.
    let shifted = Vector(repeating: 12_582_912).addingProduct(clamped, Vector(repeating: 1.442_695_04))
    let n = shifted - 12_582_912
    // ln 2 in two parts, so that the remainder is exact.
    let r = clamped.addingProduct(n, Vector(repeating: -0.693_359_375)).addingProduct(
      n, Vector(repeating: 2.121_944_4e-4))
    var p = Vector(repeating: 1.987_569_15e-4)
    p = Vector(repeating: 1.398_199_95e-3).addingProduct(p, r)
    p = Vector(repeating: 8.333_451_9e-3).addingProduct(p, r)
    p = Vector(repeating: 4.166_579_6e-2).addingProduct(p, r)
    p = Vector(repeating: 1.666_666_55e-1).addingProduct(p, r)
    p = Vector(repeating: 5.000_000_1e-1).addingProduct(p, r)
    let mantissa = (r + 1).addingProduct(p * r, r)
    let bits = (unsafeBitCast(shifted, to: SIMD16<UInt32>.self) &- 0x4B40_0000 &+ 127) &<< 23
    return mantissa * unsafeBitCast(bits, to: Vector.self)
  }

  /// 1 / (1 + e^−x).
  @inline(__always)
  static func sigmoid(_ x: Vector) -> Vector { 1 / (1 + exp(-x)) }

  /// The error function, by Abramowitz & Stegun 7.1.26 (absolute error below 1.5e-7).
  @inline(__always)
  static func erf(_ x: Vector) -> Vector {
    let negative = x .< 0
    let a = x.replacing(with: -x, where: negative)
    let t = 1 / Vector(repeating: 1).addingProduct(Vector(repeating: 0.327_591_1), a)
    var p = Vector(repeating: 1.061_405_429)
    p = Vector(repeating: -1.453_152_027).addingProduct(p, t)
    p = Vector(repeating: 1.421_413_741).addingProduct(p, t)
    p = Vector(repeating: -0.284_496_736).addingProduct(p, t)
    p = Vector(repeating: 0.254_829_592).addingProduct(p, t)
    let y = 1 - p * t * exp(-(a * a))
    return y.replacing(with: -y, where: negative)
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
    return total.sum()
  }

  /// out += factor · a.
  @inline(__always)
  static func add(
    _ a: UnsafePointer<Float>, times factor: Float = 1, to out: UnsafeMutablePointer<Float>, count: Int
  ) {
    let k = Vector(repeating: factor)
    map(a, UnsafePointer(out), into: out, count: count) { $1.addingProduct($0, k) }
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
