import Foundation

/// Sparse pulses of either sign that decay: a signal filtered with them is as loud as it was and unrelated to it (Alary,
/// Politis & Välimäki 2017).
struct VelvetNoise: Sendable {
  /// Milliseconds, pulses a second, and decibels that the last ones are softer than the first.
  private static let (length, density, decay) = (30.0, 1500.0, 60.0)

  /// Samples by which each pulse is late, and its weight; the sum of their squares is 1.
  let delays: [Int]
  let weights: [Float]

  init(sampleRate: Int) {
    let (grid, count) = (Double(sampleRate) / Self.density, Double(sampleRate) * Self.length / 1000)
    var random = SplitMix64(state: 1)
    var (delays, weights) = ([Int](), [Double]())
    for index in 0..<Int(count / grid) {
      let delay = Int(Double(index) * grid + random.unit() * (grid - 1))
      delays.append(delay)
      weights.append((random.unit() < 0.5 ? -1 : 1) * pow(10, -Self.decay / 20 * Double(delay) / count))
    }
    let norm = weights.reduce(0) { $0 + $1 * $1 }.squareRoot()
    self.delays = delays
    self.weights = weights.map { Float($0 / norm) }
  }

  /// The samples, filtered; on a circle what comes late goes on at the beginning.
  func filter(_ samples: [Float], isCircular: Bool) -> [Float] {
    let count = samples.count
    var filtered = [Float](repeating: 0, count: count)
    for (delay, weight) in zip(delays, weights) {
      if isCircular && count > 0 {
        let shift = delay % count
        for place in 0..<shift { filtered[place] += weight * samples[count - shift + place] }
        for place in shift..<count { filtered[place] += weight * samples[place - shift] }
      } else if delay < count {
        for place in delay..<count { filtered[place] += weight * samples[place - delay] }
      }
    }
    return filtered
  }
}

/// The generator SplitMix64 (Steele, Lea & Flood 2014).
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  /// A number of 0 ..< 1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
