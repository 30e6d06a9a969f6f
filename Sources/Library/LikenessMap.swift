import Foundation
import Novelty
import Parallelism

/// Fingerprints in two dimensions: their two principal components (Pearson 1901), which of all planes keep most of the distances.
///
/// The work is one pass over the values and 2 · 100 products with a matrix of 128 × 128, whatever the number of clips.
struct LikenessMap {
  static let dimension = SoundFingerprint.count
  private(set) var places: [(x: Double, y: Double)]

  /// - Precondition: all have `dimension` values.
  init(_ features: [[UInt8]]) {
    guard features.count > 1 else {
      places = features.map { _ in (0, 0) }
      return
    }
    let mean = Self.mean(features)
    var covariance = Self.covariance(features, mean)
    let first = Self.direction(&covariance)
    let second = Self.direction(&covariance)
    let plain = Parallel.map(features.count) { index in
      var (x, y) = (0.0, 0.0)
      for place in 0..<Self.dimension {
        let value = Double(features[index][place]) - mean[place]
        x += value * first[place]
        y += value * second[place]
      }
      return (x: x, y: y)
    }
    // One scale for both, so that distances stay what they are.
    let largest = plain.reduce(0) { max($0, abs($1.x), abs($1.y)) }
    places = largest > 0 ? plain.map { ($0.x / largest, $0.y / largest) } : plain
  }

  /// The Euclidean distance, as of `SoundFingerprint`.
  static func distance(_ a: [UInt8], _ b: [UInt8]) -> Double {
    var sum = 0
    for (left, right) in zip(a, b) {
      let difference = Int(left) - Int(right)
      sum += difference * difference
    }
    return Double(sum).squareRoot() / 255
  }

  private static func mean(_ features: [[UInt8]]) -> [Double] {
    var sums = [Int](repeating: 0, count: dimension)
    for values in features {
      for place in 0..<dimension { sums[place] += Int(values[place]) }
    }
    return sums.map { Double($0) / Double(features.count) }
  }

  /// Row-major, of whole numbers, so that threads change nothing.
  private static func covariance(_ features: [[UInt8]], _ mean: [Double]) -> [Double] {
    let rows = Parallel.map(dimension) { row -> [Double] in
      var sums = [Int](repeating: 0, count: dimension)
      for values in features {
        let factor = Int(values[row])
        guard factor > 0 else { continue }
        values.withUnsafeBufferPointer { values in
          for column in 0..<dimension { sums[column] &+= factor &* Int(values[column]) }
        }
      }
      return sums.enumerated().map { Double($1) / Double(features.count) - mean[row] * mean[$0] }
    }
    return rows.flatMap(\.self)
  }

  /// The direction in which a covariance is largest, by power iteration; it is then taken out of it.
  private static func direction(_ covariance: inout [Double]) -> [Double] {
    var vector = (0..<dimension).map { 1 + Double($0 * 7919 % 127) / 127 }
    var length = 0.0
    for _ in 0..<100 {
      let product = (0..<dimension).map { row in
        (0..<dimension).reduce(0.0) { $0 + covariance[row * dimension + $1] * vector[$1] }
      }
      length = product.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard length > 1e-9 else { return [Double](repeating: 0, count: dimension) }
      vector = product.map { $0 / length }
    }
    // The same clips give the same map: its largest value points up.
    if let largest = vector.max(by: { abs($0) < abs($1) }), largest < 0 { vector = vector.map { -$0 } }
    for row in 0..<dimension {
      for column in 0..<dimension { covariance[row * dimension + column] -= length * vector[row] * vector[column] }
    }
    return vector
  }
}
