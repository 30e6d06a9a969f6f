import Tensors

extension Tensor {
  /// a·x + b·y, element by element.
  static func combination(_ a: Float, _ x: Tensor, _ b: Float, _ y: Tensor) -> Tensor {
    precondition(x.shape == y.shape, "shapes \(x.shape) and \(y.shape) differ")
    var result = Tensor(uninitialized: x.shape)
    let count = x.count
    result.withUnsafeMutable { output in
      x.withUnsafe { x in
        y.withUnsafe { y in
          for index in 0..<count { output[index] = a * x[index] + b * y[index] }
        }
      }
    }
    return result
  }

  /// (1 − fraction)·x + fraction·y; exactly y where the fraction is 1.
  static func blend(_ x: Tensor, _ y: Tensor, _ fraction: Float) -> Tensor {
    combination(1 - fraction, x, fraction, y)
  }
}
