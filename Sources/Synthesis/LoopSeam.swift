/// Where a loop begins that may begin anywhere: where it is quiet and nothing rises, which with sounds that are struck is
/// just before a stroke, so that neither the cut nor a player's late start can be heard. What is asked for bar by bar
/// begins with its first beat instead.
package enum LoopSeam {
  /// Samples whose level is taken together: 6 ms at 44.1 kHz.
  package static let block = 256
  /// Blocks before and after the seam that count.
  package static let reach = 4
  /// What a rise from one block to the next weighs beside the level. In a trial that is not in the repository the seam was
  /// among the steady parts of 53 of 54 loops with it; of 44 by the level alone, which in organ chords is least where they
  /// change.
  private static let weight: Float = 8

  /// The samples of a ring, turned so that they begin with the best of their blocks.
  package static func turned(_ samples: [Float]) -> [Float] {
    let count = samples.count / block
    guard count > 4 * reach else { return samples }
    let levels = (0..<count).map { number in
      (samples[number * block..<(number + 1) * block].reduce(0) { $0 + $1 * $1 } / Float(block)).squareRoot()
    }
    // Beyond the last whole block the ring has a few samples more, which are left out of account.
    func level(_ number: Int) -> Float { levels[(number + count) % count] }
    func cost(_ seam: Int) -> Float {
      let around = seam - reach..<seam + reach
      let rise = (seam - reach...seam + reach).map { max(0, level($0) - level($0 - 1)) }.max() ?? 0
      let power = around.reduce(0) { $0 + level($1) * level($1) } / Float(around.count)
      return weight * rise + power.squareRoot()
    }
    let costs = (0..<count).map(cost)
    let begin = (costs.indices.min { costs[$0] < costs[$1] } ?? 0) * block
    return Array(samples[begin...] + samples[..<begin])
  }
}
