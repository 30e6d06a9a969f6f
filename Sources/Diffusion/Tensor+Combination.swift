public import Tensors

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

extension Tensor {
  /// This, moved by a multiple of the way from one tensor to another.
  public func moved(by factor: Float, from start: Tensor, to end: Tensor) -> Tensor {
    var result = self
    precondition(start.shape == shape && end.shape == shape, "shapes \(shape), \(start.shape) and \(end.shape) differ")
    result.withUnsafeMutable { output in
      start.withUnsafe { start in
        end.withUnsafe { end in
          for index in 0..<count { output[index] += factor * (end[index] - start[index]) }
        }
      }
    }
    return result
  }
}
