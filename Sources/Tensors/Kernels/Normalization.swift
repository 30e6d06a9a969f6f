extension Variable {
  /// Layer normalisation (Ba et al. 2016): each row to mean 0 and deviation 1, then scaled and shifted; `[rows, width]`.
  /// - Parameters:
  ///   - scale: `[width]`; `shift`: `[width]`.
  ///   - epsilon: added to the variance, as PyTorch does.
  public func layerNorm(scale: Parameter, shift: Parameter, epsilon: Float) -> Variable {
    let width = scale.value.count
    precondition(value.shape.last == width, "layer norm of width \(width) over \(value.shape)")
    let x = StandardizedRows(value, width: width, epsilon: epsilon)
    var y = x.times(scale.value)
    y.addToRows(shift.value)
    return tape.record(y, from: [self], parameters: true) { [gradients = tape.gradients, dx = slot] dy in
      gradients.accumulate(shift) { dy.addRowSums(to: $0) }
      gradients.accumulate(scale) { x.addScaleGradient(dy, to: $0) }
      dx?.add(x.inputGradient(dy, scale: scale.value))
    }
  }
}

/// Rows of mean 0 and deviation 1, x̂ = (x − mean) / √(variance + ε), and what they were divided by.
private struct StandardizedRows {
  private let rows: Int
  private let width: Int
  /// x̂, (rows, width).
  private let values: Tensor
  /// 1 / √(variance + ε), (rows).
  private let inverses: [Float]

  init(_ x: Tensor, width: Int, epsilon: Float) {
    let rows = x.count / width
    var inverses = [Float](repeating: 0, count: rows)
    values = Tensor.make(x.shape, reading: x) { out, x in
      for row in 0..<rows {
        inverses[row] = standardize(x + row * width, into: out + row * width, width, epsilon)
      }
    }
    (self.rows, self.width, self.inverses) = (rows, width, inverses)
  }

  /// x̂ ∘ scale: (rows, width) ∘ (width).
  func times(_ scale: Tensor) -> Tensor {
    Tensor.make(values.shape, reading: values, scale) { out, n, factor in
      for row in 0..<rows {
        Loops.map(n + row * width, factor, into: out + row * width, count: width) { $0 * $1 }
      }
    }
  }

  /// dscale += Σ dy ∘ x̂ over the rows: (rows, width) -> (width).
  func addScaleGradient(_ dy: Tensor, to sum: UnsafeMutablePointer<Float>) {
    reading(dy, values) { dy, n in
      for row in 0..<rows {
        Loops.map(dy + row * width, n + row * width, sum, into: sum, count: width) { $2 + $0 * $1 }
      }
    }
  }

  /// dx = (g − mean(g) − x̂ · mean(g ∘ x̂)) / √(variance + ε), where g = dy ∘ scale; (rows, width).
  func inputGradient(_ dy: Tensor, scale: Tensor) -> Tensor {
    Tensor.make(values.shape, reading: dy, values, scale) { out, dy, n, factor in
      for row in 0..<rows {
        let (g, v) = (out + row * width, n + row * width)
        Loops.map(dy + row * width, factor, into: g, count: width) { $0 * $1 }
        let mean = Loops.sum(g, g, count: width) { a, _ in a } / Float(width)
        let along = Loops.sum(g, v, count: width) { $0 * $1 } / Float(width)
        let inverse = inverses[row]
        Loops.map(g, v, into: g, count: width) { ($0 - mean - $1 * along) * inverse }
      }
    }
  }
}

/// Writes (x − mean) / √(variance + ε), and returns the divisor's inverse.
private func standardize(
  _ x: UnsafePointer<Float>, into out: UnsafeMutablePointer<Float>, _ width: Int, _ epsilon: Float
) -> Float {
  let mean = Loops.sum(x, x, count: width) { a, _ in a } / Float(width)
  let variance = Loops.sum(x, x, count: width) { a, _ in (a - mean) * (a - mean) } / Float(width)
  let inverse = 1 / (variance + epsilon).squareRoot()
  Loops.map(x, into: out, count: width) { ($0 - mean) * inverse }
  return inverse
}
