import Tensors
import Testing

@Suite("Sums of tensors")
struct TensorSumTests {
  private func terms(_ count: Int, length: Int = 5000) -> [Tensor] {
    (0..<count).map { term in Tensor([length], (0..<length).map { 1 / Float(3 + term + $0 % 17) }) }
  }

  @Test("Terms are added pairwise", arguments: 1...9)
  func pairwise(count: Int) {
    func sum(_ terms: [Float]) -> Float {
      guard terms.count > 1 else { return terms[0] }
      var half = 1
      while half * 2 < terms.count { half *= 2 }
      return sum(Array(terms[..<half])) + sum(Array(terms[half...]))
    }
    let terms = terms(count)
    let (found, squares) = Tensor.sum(terms)
    for place in [0, 1, 4095, 4096, 4999] { #expect(found[flat: place] == sum(terms.map { $0[flat: place] })) }
    #expect(squares == found.sumOfSquares)
  }

  @Test("Neighbours may be added before", arguments: [(8, 2), (8, 4), (6, 2), (4, 1)])
  func parts(count: Int, part: Int) {
    let parts = stride(from: 0, to: count, by: part).map { start in
      Tensor.sum(Array(terms(count)[start..<start + part])).sum
    }
    #expect(Tensor.sum(parts).sum.values == Tensor.sum(terms(count)).sum.values)
  }
}
