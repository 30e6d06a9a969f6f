import Foundation
import Synthesis
import Testing

@Suite("Where a loop begins")
struct LoopSeamTests {
  /// Strokes that die away, the first of them at sample 0, as a model likes to make them.
  private static let struck = (0..<44_100).map { sample -> Float in
    let since = Double(sample % 14_700)
    return Float(exp(-since / 5000) * sin(since * 0.1)) + 1e-3 * Float(sin(Double(sample)))
  }

  @Test("Just before a stroke, and nothing is lost")
  func beforeAStroke() throws {
    let turned = LoopSeam.rotated([Self.struck])[0]
    #expect(turned.count == Self.struck.count)
    let start = try #require((0..<Self.struck.count).first { Array(Self.struck[$0...] + Self.struck[..<$0]) == turned })
    // As late as can be with so many steady blocks behind the seam.
    let wait = 14_700 - start % 14_700
    let least = LoopSeam.reach * LoopSeam.block
    #expect((least...least + 2 * LoopSeam.block).contains(wait), "\(wait) samples before a stroke")
    func energy(_ samples: [Float]) -> Float { samples.reduce(0) { $0 + $1 * $1 } }
    #expect(energy(Array(turned.prefix(900) + turned.suffix(900))) < energy(Array(Self.struck.prefix(900))) / 10)
  }

  @Test("What is all alike, or too short to choose, stays whole")
  func plain() {
    #expect(LoopSeam.rotated([[Float](repeating: 0, count: 10_000)])[0] == [Float](repeating: 0, count: 10_000))
    for count in [0, 1, 255, 256, 4 * LoopSeam.reach * LoopSeam.block] {
      let samples = (0..<count).map(Float.init)
      #expect(LoopSeam.rotated([samples]) == [samples])
    }
  }
}
