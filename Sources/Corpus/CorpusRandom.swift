/// A small random source whose draws depend on a seed and an index alone, so that any clip can be made on its own.
///
/// SplitMix64 (Steele, Lea & Flood 2014), started from a hash of both numbers. Ranges and choices are drawn here rather
/// than by the standard library, whose algorithms may change between versions and with them every clip.
struct CorpusRandom: Sendable {
  private var state: UInt64

  init(seed: UInt64, index: Int) {
    state = Self.mix(Self.mix(seed &+ Self.increment) &+ Self.mix(UInt64(bitPattern: Int64(index)) ^ Self.increment))
  }

  private static let increment: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mix(_ value: UInt64) -> UInt64 {
    var bits = value
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  mutating func next() -> UInt64 {
    state &+= Self.increment
    return Self.mix(state)
  }

  /// In 0 ..< 1.
  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * uniform() }

  mutating func integer(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(uniform() * Double(range.count))
  }

  mutating func chance(_ probability: Double) -> Bool { uniform() < probability }

  mutating func pick<Element>(_ choices: [Element]) -> Element {
    precondition(!choices.isEmpty, "There is nothing to choose from")
    return choices[integer(0...choices.count - 1)]
  }

  mutating func pick<Element>(weighted choices: [(Element, Double)]) -> Element {
    precondition(!choices.isEmpty, "There is nothing to choose from")
    var rest = uniform() * choices.reduce(0) { $0 + $1.1 }
    for (element, weight) in choices {
      rest -= weight
      if rest < 0 { return element }
    }
    return choices[choices.count - 1].0
  }

  /// Near enough normal: mean 0, deviation 1, never beyond ±3.5.
  mutating func bell() -> Double { (uniform() + uniform() + uniform() + uniform() - 2) * 3.0.squareRoot() }

  mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for last in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(last, integer(0...last)) }
    return result
  }
}
