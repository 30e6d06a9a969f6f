import Parallelism
import Tensors
import Testing

@Suite("Tensor")
struct TensorTests {
  @Test("A copy keeps its values when the original changes, and the other way round")
  func values() {
    var original = draw([3, 7], 1)
    let before = original.values
    var copy = original
    let view = original.reshaped([21])
    original.withUnsafeMutable { $0[0] = 100 }
    copy[flat: 1] = 200
    #expect(original.values == [100] + before.dropFirst())
    #expect(copy.values == [before[0], 200] + before.dropFirst(2))
    #expect(view.values == before && view.shape == [21])
    copy.add(copy)
    #expect(copy[flat: 1] == 400)
  }

  @Test("Blocks are handed out again, but never to two tensors that are both alive", arguments: [1, 4])
  func pool(threads: Int) {
    let intact = Parallel.map(threads, threads: threads) { thread in
      var random = RandomSource(seed: UInt64(thread))
      var living: [(tensor: Tensor, fill: Float)] = []
      var isIntact = true
      for round in 0..<3000 {
        let fill = Float(thread * 10_000 + round)
        // Sizes around the classes' borders.
        let count = [0, 1, 127, 128, 129, 1000, 1024, 1025][random.integer(below: 8)] + random.integer(below: 3)
        living.append((Tensor([count], repeating: fill), fill))
        if living.count > 20 {
          let (tensor, fill) = living.remove(at: random.integer(below: living.count))
          isIntact = isIntact && tensor.values.allSatisfy { $0 == fill }
          var copy = tensor
          copy.withUnsafeMutable { $0.update(repeating: -1, count: tensor.count) }
          isIntact = isIntact && tensor.values.allSatisfy { $0 == fill }
        }
      }
      return isIntact && living.allSatisfy { living in living.tensor.values.allSatisfy { $0 == living.fill } }
    }
    #expect(intact == Array(repeating: true, count: threads))
  }

  @Test("A tensor's memory begins at a cache line", arguments: [1, 100, 129, 4000])
  func alignment(count: Int) {
    #expect(Tensor([count]).withUnsafe { Int(bitPattern: $0) % 64 } == 0)
  }

  @Test("One number that is not finite is found wherever it is", arguments: [1, 15, 16, 17, 100])
  func isFinite(count: Int) {
    #expect(draw([count], 2).isFinite)
    #expect(Tensor([count], repeating: .greatestFiniteMagnitude).isFinite)
    for place in 0..<count {
      for value: Float in [.infinity, -.infinity, .nan] {
        var tensor = draw([count], 2)
        tensor[flat: place] = value
        #expect(!tensor.isFinite)
      }
    }
  }

  @Test("Squares of many elements are summed without loss")
  func sumOfSquares() {
    let tensor = draw([50_021], 3)
    let exact = tensor.values.reduce(0) { $0 + Double($1) * Double($1) }
    #expect(abs(tensor.sumOfSquares / exact - 1) < 1e-6)
    #expect(Tensor([0]).sumOfSquares == 0)
  }

  @Test("Adding a multiple")
  func add() {
    var tensor = Tensor([18], repeating: 1)
    tensor.add(Tensor([18], (0..<18).map(Float.init)), times: -2)
    #expect(tensor.values == (0..<18).map { 1 - 2 * Float($0) })
  }

  @Test("Sequences lie back to back")
  func layout() {
    let layout = SequenceLayout([3, 1, 4])
    #expect(layout.starts == [0, 3, 4] && layout.rowCount == 8 && layout.count == 3)
  }
}
