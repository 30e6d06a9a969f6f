package import Tensors

/// What is learned of a matrix at low rank, while the matrix itself stays: W = W₀ + B·A (Hu et al. 2022, "LoRA"). It stands
/// outside of the network, which has the sum as its parameter, and gives the gradient of that.
package struct LowRankAdapter: Sendable {
  /// The network's, `[rows, columns]`.
  package let parameter: Parameter
  /// B, `[rows, rank]`, which begins as zeros, and A, `[rank, columns]`.
  package let left, right: Parameter
  private let original: Tensor

  package init(_ parameter: Parameter, rank: Int, random: RandomSource) {
    let shape = parameter.value.shape
    precondition(shape.count == 2, "\(parameter.name) is no matrix")
    self.parameter = parameter
    original = parameter.value
    left = Initialization.zeros.parameter(parameter.name + ".left", [shape[0], rank], random)
    let deviation = 1 / Float(shape[1]).squareRoot()
    right = Initialization.normal(deviation).parameter(parameter.name + ".right", [rank, shape[1]], random)
  }

  private var sizes: (rows: Int, rank: Int, columns: Int) {
    (left.value.shape[0], right.value.shape[0], right.value.shape[1])
  }

  /// The gradients of B and A, G·Aᵀ and Bᵀ·G, of that of the matrix.
  package func gradients(of matrix: Tensor) -> (left: Tensor, right: Tensor) {
    let (rows, rank, columns) = sizes
    let tall = Self.product(
      matrix, right.value, into: Tensor(uninitialized: left.value.shape),
      ProductShape(
        rows: rows, inner: columns, columns: rank, left: (0, columns, 1), right: (0, 1, columns), result: (0, rank),
        precision: .float32))
    let wide = Self.product(
      left.value, matrix, into: Tensor(uninitialized: right.value.shape),
      ProductShape(
        rows: rank, inner: rows, columns: columns, left: (0, 1, rank), right: (0, columns, 1), result: (0, columns),
        precision: .float32))
    return (tall, wide)
  }

  /// Gives the network the sum.
  package func apply() {
    let (rows, rank, columns) = sizes
    parameter.value = Self.product(
      left.value, right.value, into: original,
      ProductShape(
        rows: rows, inner: rank, columns: columns, left: (0, rank, 1), right: (0, columns, 1), result: (0, columns),
        precision: .float32, accumulates: true))
  }

  /// A tensor with the product of two in it, or added to it.
  private static func product(_ left: Tensor, _ right: Tensor, into result: Tensor, _ shape: ProductShape) -> Tensor {
    var result = result
    result.withUnsafeMutable { result in
      left.withUnsafe { left in right.withUnsafe { Product.of(shape).run(left, $0, into: result) } }
    }
    return result
  }

  /// What is added to the matrix, as a voice holds it.
  package var difference: WeightDifferences.Difference {
    .factors(LowRankMatrix(rounding: (left.value, right.value)))
  }
}
