import Tensors
import Testing

@Suite("Sums of tensors")
struct TensorSumTests {
  private func terms(_ count: Int, length: Int = 5000) -> [Tensor] {
    (0..<count).map { term in Tensor([length], (0..<length).map { 1 / Float(3 + term + $0 % 17) }) }
  }

  @Test("Terms are added pairwise", arguments: 1...9)
  func pairwise(count: Int) throws {
    func sum(_ terms: [Float]) -> Float {
      guard terms.count > 1 else { return terms[0] }
      var half = 1
      while half * 2 < terms.count { half *= 2 }
      return sum(Array(terms[..<half])) + sum(Array(terms[half...]))
    }
    let terms = terms(count)
    let (found, squares) = try #require(Tensor.sum(terms))
    for place in [0, 1, 4095, 4096, 4999] { #expect(found[flat: place] == sum(terms.map { $0[flat: place] })) }
    #expect(squares == found.sumOfSquares)
  }

  @Test(
    "Neighbours may be added before, also where terms are missing",
    arguments: [(8, 2), (8, 4), (6, 2), (4, 1), (4, 2)],
    [[], [0], [1], [3], [0, 1], [1, 2]])
  func parts(_ sizes: (count: Int, part: Int), missing: [Int]) throws {
    let terms = terms(sizes.count).enumerated().map { missing.contains($0) ? nil : $1 }
    let parts = stride(from: 0, to: sizes.count, by: sizes.part).map { start in
      Tensor.sum(Array(terms[start..<start + sizes.part]))?.sum
    }
    #expect(try #require(Tensor.sum(parts)).sum.values == #require(Tensor.sum(terms)).sum.values)
  }

  @Test("Nothing is the sum of nothing")
  func nothing() {
    #expect(Tensor.sum([]) == nil && Tensor.sum([nil, nil]) == nil)
  }
}
