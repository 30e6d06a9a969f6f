import Tensors
import Testing

@Suite("Singular values, against matrices whose own are known")
struct SingularValuesTests {
  private func matrix(_ rows: Int, _ columns: Int, seed: UInt64 = 3) -> Tensor {
    Tensor([rows, columns], RandomSource(seed: seed).normals(count: rows * columns))
  }

  private func product(_ factors: (left: Tensor, right: Tensor)) -> Tensor {
    let (rows, rank, columns) = (factors.left.shape[0], factors.left.shape[1], factors.right.shape[1])
    let (left, right) = (factors.left.values, factors.right.values)
    let values = (0..<rows * columns).map { index in
      (0..<rank).reduce(Float(0)) { $0 + left[index / columns * rank + $1] * right[$1 * columns + index % columns] }
    }
    return Tensor([rows, columns], values)
  }

  private func distance(_ a: Tensor, _ b: Tensor) -> Double {
    var difference = a
    difference.add(b, times: -1)
    return difference.sumOfSquares.squareRoot()
  }

  @Test("Of a diagonal, and of a matrix that textbooks work out")
  func exact() {
    let diagonal = SingularValues(Tensor([3, 2], [3, 0, 0, -4, 0, 0]))
    #expect(diagonal.values == [4, 3])
    #expect(product(diagonal.factors(rank: 1)).values == [0, 0, 0, -4, 0, 0])
    let known = SingularValues(Tensor([2, 2], [4, 0, 3, -5]))
    #expect(zip(known.values, [Double(40).squareRoot(), Double(10).squareRoot()]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("All terms make the matrix; so many of them miss what the others have", arguments: [(40, 7), (7, 40), (9, 9)])
  func truncated(rows: Int, columns: Int) {
    let matrix = matrix(rows, columns)
    let spectrum = SingularValues(matrix)
    #expect(spectrum.values.count == min(rows, columns) && spectrum.values == spectrum.values.sorted(by: >))
    #expect(abs(spectrum.values.reduce(0) { $0 + $1 * $1 } - matrix.sumOfSquares) < 1e-6 * matrix.sumOfSquares)
    for rank in [1, 3, min(rows, columns)] {
      let rest = spectrum.values.dropFirst(rank).reduce(0) { $0 + $1 * $1 }.squareRoot()
      #expect(abs(distance(product(spectrum.factors(rank: rank)), matrix) - rest) < 1e-5)
    }
    #expect(spectrum.factors(rank: 100).left.shape == [rows, min(rows, columns)])
  }

  @Test("A product of rank 2 has two, and nothing none")
  func lowRank() {
    let low = product((matrix(30, 2), matrix(2, 20, seed: 4)))
    let spectrum = SingularValues(low)
    #expect(spectrum.values.count == 2)
    #expect(distance(product(spectrum.factors(rank: 2)), low) < 1e-5)
    #expect(SingularValues(Tensor([4, 3])).values.isEmpty)
    #expect(SingularValues(Tensor([4, 3])).factors(rank: 2).left.shape == [4, 0])
  }

  @Test("Bytes keep a product, each term by its own scale, and it is added so many times")
  func bytes() {
    let small = matrix(1, 20, seed: 8).scaled(by: 1e-6)
    let factors = (left: matrix(30, 3), right: Tensor([3, 20], matrix(2, 20, seed: 9).values + small.values))
    let rounded = LowRankMatrix(rounding: factors)
    #expect((rounded.left.values + rounded.right.values).allSatisfy { (1...255).contains($0) && $0 == $0.rounded() })
    var sum = product(factors).scaled(by: -0.5)
    let energy = sum.sumOfSquares
    rounded.add(to: &sum, times: 0.5)
    #expect(sum.sumOfSquares < 1e-3 * energy && sum.sumOfSquares > 0)
    var exact = Tensor([2, 2], [1, 1, 1, 1])
    LowRankMatrix(rounding: (Tensor([2, 1], [127, -127]), Tensor([1, 2], [127, 127]))).add(to: &exact, times: 2)
    #expect(exact.values == [32259, 32259, -32257, -32257])
    #expect(LowRankMatrix(rounding: (Tensor([2, 1]), Tensor([1, 2]))).scales.values == [0])
  }
}
