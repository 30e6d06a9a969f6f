import Foundation

// Where a kept part of a recording meets what was made beside it.

extension SourceSound {
  /// How long a kept part and what was made beside it sound together. The fade lies in what was made.
  static let fadeSeconds = 0.03

  /// The made channels with what is kept put back, as it was, and fades beside it.
  /// - Parameter staysWithinScale: whether a fade that would go beyond full scale becomes softer.
  func restored(_ made: [[Float]], sampleRate: Int, staysWithinScale: Bool) -> [[Float]] {
    let made = levelled(made, sampleRate: sampleRate)
    let length = Int(Self.fadeSeconds * Double(sampleRate))
    return zip(made, channels).map { restored($0, $1, fade: length, staysWithinScale: staysWithinScale) }
  }

  private func restored(_ made: [Float], _ samples: [Float], fade: Int, staysWithinScale: Bool) -> [Float] {
    var result = made
    var isKept = [Bool](repeating: false, count: made.count)
    for range in kept { for sample in range where sample < made.count { isKept[sample] = true } }
    for range in kept {
      let sides = [(0..<fade).map { range.lowerBound - 1 - $0 }, (0..<fade).map { range.upperBound + $0 }]
      for side in sides {
        let places = side.enumerated().filter { made.indices.contains($1) && !isKept[$1] }
        func faded(_ shares: (Float) -> (own: Float, other: Float)) -> [Float] {
          places.map { step, place in
            let (own, other) = shares(Float(step + 1) / Float(fade + 1))
            return own * made[place] + other * samples[place]
          }
        }
        // Equal power: what was made does not know the source's phase.
        var values = faded { (sin($0 * .pi / 2), cos($0 * .pi / 2)) }
        // Equal gain is never louder than either.
        if staysWithinScale, values.contains(where: { abs($0) > 1 }) { values = faded { ($0, 1 - $0) } }
        for (value, (_, place)) in zip(values, places) { result[place] = value }
      }
    }
    for range in kept { result.replaceSubrange(range, with: samples[range]) }
    return result
  }
}
