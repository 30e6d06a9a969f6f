import Audio
import Foundation
import Spectra

/// Where a loop begins that may begin anywhere: where it is quiet and nothing rises, which with sounds that are struck is
/// just before a stroke, so that neither the cut nor a player's late start can be heard. What is asked for bar by bar
/// begins with its first beat instead.
package enum LoopSeam {
  /// Samples whose level is taken together: 6 ms at 44.1 kHz.
  package static let block = 256
  /// Blocks before and after the seam that count.
  package static let reach = 4
  /// What a rise of the level from one block to the next weighs beside the level itself.
  private static let weight = 8.0
  /// Blocks in a frame of the spectrum; the frames up to half as many blocks away see the seam.
  private static let frameBlocks = 4

  /// The channels of a ring, rotated alike so that their mean begins with the best of its blocks.
  package static func rotated(_ channels: [[Float]]) -> [[Float]] {
    let begin = begin(of: AudioClip(channels: channels, sampleRate: 1).samples)
    return begin == 0 ? channels : channels.map { Array($0[begin...] + $0[..<begin]) }
  }

  /// Where the best block begins.
  private static func begin(of samples: [Float]) -> Int {
    let count = samples.count / block
    guard count > 4 * reach else { return 0 }
    let levels = (0..<count).map { number in
      Double((samples[number * block..<(number + 1) * block].reduce(0) { $0 + $1 * $1 } / Float(block)).squareRoot())
    }
    let loudness = (levels.reduce(0) { $0 + $1 * $1 } / Double(count)).squareRoot()
    guard loudness > 0 else { return 0 }
    let changes = spectralRises(of: samples, count: count)
    let usual = max(changes.reduce(0, +) / Double(count), .leastNormalMagnitude)
    // Beyond the last whole block the ring has a few samples more, which are left out of account.
    func level(_ number: Int) -> Double { levels[(number + count) % count] }
    func cost(_ seam: Int) -> Double {
      let around = seam - reach..<seam + reach
      let rise = (seam - reach...seam + reach).map { max(0, level($0) - level($0 - 1)) }.max() ?? 0
      let power = around.reduce(0) { $0 + level($1) * level($1) } / Double(around.count)
      let sight = frameBlocks / 2
      let change = (seam - sight...seam + sight).map { changes[($0 + count) % count] }.max() ?? 0
      return (weight * rise + power.squareRoot()) / loudness + change / usual
    }
    let costs = (0..<count).map(cost)
    return (costs.indices.min { costs[$0] < costs[$1] } ?? 0) * block
  }

  /// How much the logarithmic spectrum rises at each block from the one before, summed over its bins: what tells that a
  /// chord changes, however even its level is.
  private static func spectralRises(of samples: [Float], count: Int) -> [Double] {
    let length = frameBlocks * block
    let transform = ShortTimeFourier(fftLength: length, hopLength: block)
    let frames = transform.forward(Array(samples.suffix(length) + samples + samples.prefix(length)))
    let spectra = frames.magnitudes
    let bins = spectra.binCount
    let levels = spectra.values.map { log1p(1000 * Double($0) / Double(length)) }
    return (0..<count).map { number in
      // A frame length has been put in front, and a frame is centred where its block begins.
      let frame = (number + frameBlocks) * bins
      return (frame..<frame + bins).reduce(0) { $0 + max(0, levels[$1] - levels[$1 - bins]) }
    }
  }
}
