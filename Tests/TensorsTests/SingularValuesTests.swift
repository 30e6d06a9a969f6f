import Tensors
import Testing

@Suite("Singular values, against matrices whose own are known")
struct SingularValuesTests {
  private func matrix(_ rows: Int, _ columns: Int, seed: UInt64 = 3) -> Tensor {
    Tensor([rows, columns], RandomSource(seed: seed).normals(count: rows * columns))
  }

  private func product(_ factors: (left: Tensor, right: Tensor)) -> Tensor {
    var product = Tensor([factors.left.shape[0], factors.right.shape[1]])
    product.addProduct(factors.left, factors.right, times: 1)
    return product
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
    #expect(zip(known.values, [40.0.squareRoot(), 10.0.squareRoot()]).allSatisfy { abs($0 - $1) < 1e-12 })
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

  @Test("A product is added so many times")
  func adding() {
    var sum = Tensor([2, 2], [1, 1, 1, 1])
    sum.addProduct(Tensor([2, 1], [1, 2]), Tensor([1, 2], [3, -1]), times: 0.5)
    #expect(sum.values == [2.5, 0.5, 4, 0])
  }
}
