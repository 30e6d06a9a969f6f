/// Where a loop begins that may begin anywhere: where it is quietest, which with sounds that are struck is just before a
/// stroke, so that neither the cut nor a player's late start can be heard. What is asked for bar by bar begins with its
/// first beat instead.
package enum LoopSeam {
  /// The span that is to be quiet, about the cut: 46 ms at 44.1 kHz.
  package static let span = 2048
  private static let stride = 64

  /// The samples of a ring, turned so that they begin in the middle of the quietest span.
  package static func turned(_ samples: [Float]) -> [Float] {
    guard samples.count > 2 * span else { return samples }
    var energy = samples[..<span].reduce(0) { $0 + Double($1) * Double($1) }
    var (least, quietest) = (energy, 0)
    for start in Swift.stride(from: 0, to: samples.count - stride, by: stride) {
      // From the span at `start` to the next.
      for index in start..<start + stride {
        let (left, joined) = (Double(samples[index]), Double(samples[(index + span) % samples.count]))
        energy += joined * joined - left * left
      }
      if energy < least { (least, quietest) = (energy, start + stride) }
    }
    let begin = (quietest + span / 2) % samples.count
    return Array(samples[begin...] + samples[..<begin])
  }
}
