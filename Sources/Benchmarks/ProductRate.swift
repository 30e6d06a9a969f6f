import Parallelism
public import Tensors

/// The ceiling: how fast this machine multiplies matrices of the network's shapes when it does nothing else.
public enum ProductRate {
  /// Multiplications and additions a second (of whole numbers where the elements are bytes), summed over `threads` that each
  /// multiply `[512, 256] · [256, 1024]` matrices that stay in the cache.
  public static func measure(_ precision: Precision, threads: Int, budget: Double = 0.5) -> Double {
    let (rows, inner, columns) = (512, 256, 1024)
    let product = Product.of(
      ProductShape(
        rows: rows, inner: inner, columns: columns, left: (0, inner, 1), right: (0, columns, 1),
        result: (0, columns), precision: precision))
    let repeats = 50
    let seconds = Stopwatch.median(budget: budget) {
      Parallel.forEach(threads, threads: threads) { _ in
        // Zeros of any element type; the time of a product does not depend on its numbers.
        let (left, right) = (Tensor([rows, inner]), Tensor([inner, columns]))
        var result = Tensor([rows, columns])
        left.withUnsafe { left in
          right.withUnsafe { right in
            result.withUnsafeMutable { for _ in 0..<repeats { product.run(left, right, into: $0) } }
          }
        }
      }
    }
    return Double(2 * rows * inner * columns * repeats * threads) / seconds
  }
}
