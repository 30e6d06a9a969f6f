import Foundation

/// Signals that tests listen to.
enum Signals {
  static func sine(hertz: Double, amplitude: Double, count: Int, sampleRate: Double = 44100) -> [Float] {
    (0..<count).map { Float(amplitude * sin(2 * Double.pi * hertz * Double($0) / sampleRate)) }
  }

  /// Uniform noise from a linear congruential generator.
  static func noise(count: Int, amplitude: Float, seed: UInt64) -> [Float] {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return amplitude * (Float(state >> 40) / Float(1 << 23) - 1)
    }
  }
}
