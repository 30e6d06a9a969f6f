import Foundation

/// Unit complex numbers at random angles, the same for the same seed: SplitMix64 (Steele, Lea & Flood 2014) picking
/// from 4096 directions.
struct RandomPhasors {
  private static let directions: [SIMD2<Float>] = (0..<4096).map { index in
    let angle = 2 * Double.pi * Double(index) / 4096
    return SIMD2(Float(cos(angle)), Float(sin(angle)))
  }

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// Writes `count` phasors, interleaved.
  mutating func fill(_ values: UnsafeMutablePointer<Float>, count: Int) {
    Self.directions.withUnsafeBufferPointer { directions in
      for index in 0..<count {
        let direction = directions[Int(next() >> 52)]
        values[2 * index] = direction.x
        values[2 * index + 1] = direction.y
      }
    }
  }
}
