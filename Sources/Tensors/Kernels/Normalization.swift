extension Tape {
  /// Layer normalisation (Ba et al. 2016): each row to mean 0 and deviation 1, then scaled and shifted.
  /// - Parameters:
  ///   - x: `[rows, width]`.
  ///   - scale: `[width]`; `shift`: `[width]`.
  ///   - epsilon: added to the variance, as PyTorch does.
  public func layerNorm(_ x: Variable, scale: Parameter, shift: Parameter, epsilon: Float) -> Variable {
    let input = x.value
    let width = scale.value.count
    precondition(input.shape.last == width, "layer norm of width \(width) over \(input.shape)")
    let rows = input.count / width
    var inverses = [Float](repeating: 0, count: rows)
    let normalized = Tensor.make(input.shape, reading: input) { out, x in
      for row in 0..<rows {
        inverses[row] = standardize(x + row * width, into: out + row * width, width, epsilon)
      }
    }
    var y = Tensor.make(input.shape, reading: normalized, scale.value) { out, n, factor in
      for row in 0..<rows {
        Loops.map(n + row * width, factor, into: out + row * width, count: width) { $0 * $1 }
      }
    }
    y.addToRows(shift.value)
    return record(y, from: [x], parameters: true) { [gradients, inverses] dy in
      gradients.accumulate(shift) { dy.addRowSums(to: $0) }
      gradients.accumulate(scale) { sum in
        dy.withUnsafe { dy in
          normalized.withUnsafe { n in
            for row in 0..<rows {
              Loops.map(dy + row * width, n + row * width, sum, into: sum, count: width) { $2 + $0 * $1 }
            }
          }
        }
      }
      guard let slot = x.slot else { return }
      slot.add(
        Tensor.make(input.shape, reading: dy, normalized, scale.value) { out, dy, n, factor in
          for row in 0..<rows {
            let (g, v) = (out + row * width, n + row * width)
            Loops.map(dy + row * width, factor, into: g, count: width) { $0 * $1 }
            let mean = Loops.sum(g, g, count: width) { a, _ in a } / Float(width)
            let along = Loops.sum(g, v, count: width) { $0 * $1 } / Float(width)
            let inverse = inverses[row]
            Loops.map(g, v, into: g, count: width) { ($0 - mean - $1 * along) * inverse }
          }
        })
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
