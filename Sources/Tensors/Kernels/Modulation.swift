/// Where one use of a modulation finds its columns: `[sequence, parts · width]` holds several vectors side by side.
public struct ModulationPart: Sendable {
  /// The number of the vector.
  public let index: Int

  public init(_ index: Int) { self.index = index }
}

extension Tape {
  /// Root-mean-square normalisation, scaled and shifted by vectors that depend on the sequence: adaLN (Peebles & Xie
  /// 2023) on RMS norm (Zhang & Sennrich 2019): y = x / rms(x) · (1 + scale) + shift.
  /// - Parameters:
  ///   - x: `[rows, width]`.
  ///   - modulation: `[sequence, parts · width]`, of which `shift` and `scale` name two parts.
  ///   - layout: which rows belong to which sequence.
  public func adaptiveNorm(
    _ x: Variable, modulation: Variable, shift: ModulationPart, scale: ModulationPart, layout: SequenceLayout
  ) -> Variable {
    let input = x.value
    let width = input.shape[1]
    let stride = modulation.value.shape[1]
    precondition(
      input.shape[0] == layout.rowCount && modulation.value.shape[0] == layout.count,
      "\(modulation.value.shape) does not modulate \(input.shape) in \(layout.count) sequences")
    let parts = modulation.value
    var inverses = [Float](repeating: 0, count: layout.rowCount)
    let y = Tensor.make(input.shape, reading: input, parts) { out, x, m in
      layout.forEachRow { row, sequence in
        let (v, part) = (x + row * width, m + sequence * stride)
        let inverse = inverseRootMeanSquare(v, width)
        inverses[row] = inverse
        Loops.map(v, part + scale.index * width, part + shift.index * width, into: out + row * width, count: width) {
          $0 * inverse * (1 + $1) + $2
        }
      }
    }
    return record(y, from: [x, modulation]) { [inverses] dy in
      var dm = Tensor(parts.shape)
      let dx = Tensor.make(input.shape, reading: dy, input, parts) { out, dy, x, m in
        dm.withUnsafeMutable { dm in
          layout.forEachRow { row, sequence in
            let (g, v, to) = (dy + row * width, x + row * width, out + row * width)
            let (scaleAt, shiftAt) = (sequence * stride + scale.index * width, sequence * stride + shift.index * width)
            let inverse = inverses[row]
            Loops.add(g, to: dm + shiftAt, count: width)
            Loops.map(g, v, dm + scaleAt, into: dm + scaleAt, count: width) { $2 + $0 * $1 * inverse }
            Loops.map(g, m + scaleAt, into: to, count: width) { $0 * (1 + $1) }
            normBackward(to, v, inverse, width)
          }
        }
      }
      x.slot?.add(dx)
      modulation.slot?.add(dm)
    }
  }

  /// x + gate · branch, the gate a vector that depends on the sequence.
  public func gatedAdd(
    _ x: Variable, _ branch: Variable, modulation: Variable, gate: ModulationPart, layout: SequenceLayout
  ) -> Variable {
    let input = x.value
    let width = input.shape[1]
    let stride = modulation.value.shape[1]
    precondition(branch.value.shape == input.shape, "\(branch.value.shape) is no branch of \(input.shape)")
    let (parts, added) = (modulation.value, branch.value)
    let y = Tensor.make(input.shape, reading: input, added, parts) { out, x, b, m in
      layout.forEachRow { row, sequence in
        let (at, g) = (row * width, m + sequence * stride + gate.index * width)
        Loops.map(x + at, b + at, g, into: out + at, count: width) { $0 + $1 * $2 }
      }
    }
    return record(y, from: [x, branch, modulation]) { dy in
      var dm = Tensor(parts.shape)
      let db = Tensor.make(dy.shape, reading: dy, added, parts) { out, dy, b, m in
        dm.withUnsafeMutable { dm in
          layout.forEachRow { row, sequence in
            let (at, part) = (row * width, sequence * stride + gate.index * width)
            Loops.map(dy + at, m + part, into: out + at, count: width) { $0 * $1 }
            Loops.map(dy + at, b + at, dm + part, into: dm + part, count: width) { $2 + $0 * $1 }
          }
        }
      }
      x.slot?.add(dy)
      branch.slot?.add(db)
      modulation.slot?.add(dm)
    }
  }
}

/// 1 / √(mean(x²) + 1e-6).
@inline(__always)
func inverseRootMeanSquare(_ x: UnsafePointer<Float>, _ width: Int) -> Float {
  1 / (Loops.sum(x, x, count: width) { a, _ in a * a } / Float(width) + 1e-6).squareRoot()
}

/// Makes of the gradient of x / rms(x), in place, the gradient of x.
@inline(__always)
func normBackward(_ g: UnsafeMutablePointer<Float>, _ x: UnsafePointer<Float>, _ inverse: Float, _ width: Int) {
  let along = Loops.sum(g, x, count: width) { $0 * $1 } * inverse * inverse / Float(width)
  Loops.map(g, x, into: g, count: width) { ($0 - $1 * along) * inverse }
}

extension SequenceLayout {
  @inline(__always)
  func forEachRow(_ body: (_ row: Int, _ sequence: Int) -> Void) {
    for sequence in 0..<count {
      for row in starts[sequence]..<(starts[sequence] + lengths[sequence]) { body(row, sequence) }
    }
  }
}
