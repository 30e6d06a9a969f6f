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
    var (tall, wide) = (Tensor(left.value.shape), Tensor(right.value.shape))
    matrix.withUnsafe { g in
      left.value.withUnsafe { b in
        right.value.withUnsafe { a in
          tall.withUnsafeMutable { tall in
            wide.withUnsafeMutable { wide in
              for row in 0..<rows {
                let slope = g + row * columns
                for term in 0..<rank {
                  tall[row * rank + term] = Self.dot(slope, a + term * columns, columns)
                  let (share, sum) = (b[row * rank + term], wide + term * columns)
                  for column in 0..<columns { sum[column] += share * slope[column] }
                }
              }
            }
          }
        }
      }
    }
    return (tall, wide)
  }

  /// Gives the network the sum.
  package func apply() {
    let (rows, rank, columns) = sizes
    var sum = original
    left.value.withUnsafe { b in
      right.value.withUnsafe { a in
        sum.withUnsafeMutable { sum in
          for row in 0..<rows {
            let to = sum + row * columns
            for term in 0..<rank {
              let (share, from) = (b[row * rank + term], a + term * columns)
              for column in 0..<columns { to[column] += share * from[column] }
            }
          }
        }
      }
    }
    parameter.value = sum
  }

  /// What is added to the matrix, as a voice holds it.
  package var difference: WeightDifferences.Difference {
    .factors(LowRankMatrix(rounding: (left.value, right.value)))
  }

  private static func dot(_ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>, _ count: Int) -> Float {
    var sums = SIMD16<Float>.zero
    let whole = count / 16 * 16
    for start in stride(from: 0, to: whole, by: 16) {
      sums +=
        UnsafeRawPointer(a + start).loadUnaligned(as: SIMD16<Float>.self)
        * UnsafeRawPointer(b + start).loadUnaligned(as: SIMD16<Float>.self)
    }
    return (whole..<count).reduce(sums.sum()) { $0 + a[$1] * b[$1] }
  }
}
