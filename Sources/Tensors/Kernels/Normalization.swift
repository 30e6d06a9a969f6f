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
    var y = Tensor(uninitialized: input.shape)
    var normalized = Tensor(uninitialized: input.shape)
    var inverseDeviations = [Float](repeating: 0, count: rows)
    input.withUnsafe { from in
      normalized.withUnsafeMutable { out in
        for row in 0..<rows {
          inverseDeviations[row] = standardize(from + row * width, into: out + row * width, width, epsilon)
        }
      }
    }
    normalized.withUnsafe { from in
      scale.value.withUnsafe { factor in
        y.withUnsafeMutable { out in
          for row in 0..<rows {
            Loops.map(from + row * width, factor, into: out + row * width, count: width) { $0 * $1 }
          }
        }
      }
    }
    y.addToRows(shift.value)
    return record(y, from: [x], parameters: true) { [gradients] dy in
      var dn = Tensor(uninitialized: input.shape)
      dy.withUnsafe { dy in
        normalized.withUnsafe { n in
          gradients.accumulate(scale) { ds in
            for row in 0..<rows {
              Loops.map(dy + row * width, n + row * width, ds, into: ds, count: width) { $2 + $0 * $1 }
            }
          }
          scale.value.withUnsafe { factor in
            dn.withUnsafeMutable { dn in
              for row in 0..<rows {
                let (g, v) = (dn + row * width, n + row * width)
                Loops.map(dy + row * width, factor, into: g, count: width) { $0 * $1 }
                let mean = Loops.sum(g, g, count: width) { a, _ in a } / Float(width)
                let along = Loops.sum(g, v, count: width) { $0 * $1 } / Float(width)
                let inverse = inverseDeviations[row]
                Loops.map(g, v, into: g, count: width) { ($0 - mean - $1 * along) * inverse }
              }
            }
          }
        }
      }
      gradients.accumulate(shift) { dy.addRowSums(to: $0) }
      x.slot?.add(dn)
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
