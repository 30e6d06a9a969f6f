import Foundation

/// The step between the Fourier transform of M complex values and that of the 2M real samples they are made of, two to
/// a value (Sorensen, Jones, Heideman & Burrus 1987, "Real-valued fast Fourier transform algorithms").
///
/// With Z the transform of z[n] = x[2n] + i x[2n+1], and w = exp(−2πi / 2M):
///
///     X[k]    = S + T,   S = (Z[k] + Z*[M−k]) / 2
///     X*[M−k] = S − T,   T = −i w^k (Z[k] − Z*[M−k]) / 2
///
/// and back alike. FFTW takes this step in vectors of two complex values, which costs as much as all of the transform
/// of half the length; here they are of eight.
struct RealSpectrum: Sendable {
  /// Eight complex values, interleaved.
  private typealias Lanes = SIMD16<Float>

  /// M.
  private let halfLength: Int
  /// The twiddle factors: what a difference d and, with its parts exchanged, the same are multiplied by for −i w^k d: the
  /// imaginary part of w^k, twice, and its real part with either sign, for k < M / 2.
  private let imaginaryFactors: [Float]
  private let realFactors: [Float]
  /// 1 and −1 by turns. As a constant the compiler would see through it, and take the shuffles next to it apart.
  private let conjugation: Lanes

  /// - Precondition: `length`, 2M, is even and positive.
  init(length: Int) {
    halfLength = length / 2
    let angles = (0..<(halfLength + 1) / 2).map { -2 * Double.pi * Double($0) / Double(length) }
    imaginaryFactors = angles.flatMap { [Float(sin($0)), Float(sin($0))] }
    realFactors = angles.flatMap { [Float(cos($0)), Float(-cos($0))] }
    conjugation = Lanes((0..<Lanes.scalarCount).map { $0 % 2 == 0 ? 1 : -1 })
  }

  /// Makes M interleaved values of Z into the M + 1 bins of X, in place.
  func unpack(_ values: UnsafeMutablePointer<Float>) {
    // Z goes round.
    values[2 * halfLength] = values[0]
    values[2 * halfLength + 1] = values[1]
    rotatePairs(of: values, scale: 0.5, sign: 1)
    if halfLength % 2 == 0 { values[halfLength + 1] = -values[halfLength + 1] }
  }

  /// Makes the M + 1 interleaved bins of X into M values of 2 Z, in place, of which an inverse transform that is not
  /// normalised makes the samples times 2M. Imaginary parts of the first bin and the last are ignored.
  func pack(_ values: UnsafeMutablePointer<Float>) {
    values[1] = 0
    values[2 * halfLength + 1] = 0
    rotatePairs(of: values, scale: 1, sign: -1)
    if halfLength % 2 == 0 {
      values[halfLength] *= 2
      values[halfLength + 1] *= -2
    }
  }

  /// Makes a at k and b at M − k, for each k < M / 2, into S + T and (S − T)*, with d = scale · (a − b*),
  /// S = scale · (a + b*), and T = imaginaryFactors · d + sign · realFactors · (d, its parts exchanged).
  @inline(__always)
  private func rotatePairs(of values: UnsafeMutablePointer<Float>, scale: Float, sign: Float) {
    let pairCount = (halfLength + 1) / 2
    imaginaryFactors.withUnsafeBufferPointer { imaginaryFactors in
      realFactors.withUnsafeBufferPointer { realFactors in
        guard let imaginaryFactors = imaginaryFactors.baseAddress, let realFactors = realFactors.baseAddress else {
          return
        }
        for vector in 0..<(pairCount / 8) {
          let pair = 8 &* vector
          let (low, high) = (values + 2 &* pair, values + 2 &* (halfLength &- pair &- 7))
          let (a, b) = (Lanes(from: low), Lanes(from: high).reversed * conjugation)
          let (sum, difference) = (scale * (a + b), scale * (a - b))
          let rotated =
            Lanes(from: imaginaryFactors + 2 &* pair) * difference
            + sign * Lanes(from: realFactors + 2 &* pair) * difference.exchanged
          (sum + rotated).store(to: low)
          ((sum - rotated) * conjugation).reversed.store(to: high)
        }
        for pair in (pairCount / 8 * 8)..<pairCount {
          let (low, high) = (values + 2 * pair, values + 2 * (halfLength - pair))
          let sum = scale * SIMD2(low[0] + high[0], low[1] - high[1])
          let difference = scale * SIMD2(low[0] - high[0], low[1] + high[1])
          let rotated =
            imaginaryFactors[2 * pair] * difference + sign * realFactors[2 * pair] * SIMD2(difference.y, -difference.x)
          (low[0], low[1]) = (sum.x + rotated.x, sum.y + rotated.y)
          (high[0], high[1]) = (sum.x - rotated.x, rotated.y - sum.y)
        }
      }
    }
  }
}

/// Spelled lane by lane, which the compiler makes one instruction of.
extension SIMD16<Float> {
  @inline(__always)
  fileprivate init(from values: UnsafePointer<Float>) {
    self = UnsafeRawPointer(values).loadUnaligned(as: Self.self)
  }

  @inline(__always)
  fileprivate func store(to values: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(values).storeBytes(of: self, as: Self.self)
  }

  /// The last complex value first.
  @inline(__always)
  fileprivate var reversed: Self {
    Self(
      self[14], self[15], self[12], self[13], self[10], self[11], self[8], self[9], self[6], self[7], self[4], self[5],
      self[2], self[3], self[0], self[1])
  }

  /// Imaginary parts before real ones.
  @inline(__always)
  fileprivate var exchanged: Self {
    Self(
      self[1], self[0], self[3], self[2], self[5], self[4], self[7], self[6], self[9], self[8], self[11], self[10],
      self[13], self[12], self[15], self[14])
  }
}
