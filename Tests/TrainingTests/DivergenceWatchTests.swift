import Foundation
import Tensors
import Testing
import Training

@Suite("What is called a divergence")
struct DivergenceWatchTests {
  /// Losses of batches: each clip's is drawn from a wide range, as its time is; all fall slowly.
  private static func losses(batchSize: Int, seed: UInt64, count: Int) -> [Double] {
    var random = RandomSource(seed: seed)
    return (0..<count).map { step in
      let sum = (0..<batchSize).reduce(0.0) { sum, _ in sum + exp(Double(random.normal())) }
      return (0.05 + 0.2 * exp(-Double(step) / 300)) * sum / Double(batchSize)
    }
  }

  @Test("Chance is no divergence, however small batches are", arguments: [1, 4, 32])
  func chance(batchSize: Int) {
    for seed in 0..<20 {
      var watch = DivergenceWatch(batchSize: batchSize)
      let alarms = Self.losses(batchSize: batchSize, seed: UInt64(seed), count: 2000).filter { watch.sees($0) }
      #expect(alarms.isEmpty)
    }
  }

  @Test("Losses that come to six times of what they were are noticed, of 128 clips at the latest", arguments: [4, 32])
  func rise(batchSize: Int) throws {
    var watch = DivergenceWatch(batchSize: batchSize)
    let losses = Self.losses(batchSize: batchSize, seed: 1, count: 600)
    let early = losses.prefix(500).filter { watch.sees($0) }
    #expect(early.isEmpty)
    let found = losses.suffix(100).firstIndex { watch.sees(6 * $0) }
    #expect(try #require(found) - 500 < max(8, 128 / batchSize))
  }

  @Test("What is no number, or far above all, is noticed at once")
  func ruin() {
    var watch = DivergenceWatch(batchSize: 4)
    let early = Self.losses(batchSize: 4, seed: 2, count: 50).filter { watch.sees($0) }
    var other = watch
    let (infinite, large) = (other.sees(.infinity), watch.sees(1e3))
    #expect(early.isEmpty && infinite && large)
  }
}
