/// A vector for each sequence, one of several that lie side by side: some columns of `[sequence, parts · width]`.
public struct ModulationPart {
  /// The number of this one.
  let index: Int
  /// All that lie side by side.
  let vectors: Variable
  /// Which rows belong to which sequence.
  let layout: SequenceLayout

  public init(_ index: Int, of vectors: Variable, layout: SequenceLayout) {
    (self.index, self.vectors, self.layout) = (index, vectors, layout)
  }
}

extension Variable {
  /// Root-mean-square normalisation, scaled and shifted by vectors that depend on the sequence: adaLN (Peebles & Xie
  /// 2023) on RMS norm (Zhang & Sennrich 2019): y = x / rms(x) · (1 + scale) + shift; `[rows, width]`.
  /// - Parameter shift: lies beside `scale` in the same vectors.
  public func adaptiveNorm(shift: ModulationPart, scale: ModulationPart) -> Variable {
    let (input, modulation) = (value, scale.vectors)
    let m = ModulationShape(modulation, of: input, scale.layout)
    precondition(shift.vectors.slot === modulation.slot, "shift and scale do not lie side by side")
    let (parts, width) = (modulation.value, m.width)
    var inverses = [Float](repeating: 0, count: scale.layout.rowCount)
    let (shift, scale) = (shift.index, scale.index)
    let y = Tensor.make(input.shape, reading: input, parts) { out, x, vectors in
      m.forEachRow { row, sequence in
        let v = x + row * width
        let inverse = inverseRootMeanSquare(v, width)
        inverses[row] = inverse
        let (scale, shift) = (vectors + m.start(sequence, scale), vectors + m.start(sequence, shift))
        Loops.map(v, scale, shift, into: out + row * width, count: width) { $0 * inverse * (1 + $1) + $2 }
      }
    }
    return tape.record(y, from: [self, modulation]) { [inverses, slot] dy in
      var dm = Tensor(parts.shape)
      let dx = Tensor.make(input.shape, reading: dy, input, parts) { out, dy, x, vectors in
        dm.withUnsafeMutable { dm in
          m.forEachRow { row, sequence in
            let (g, v, to) = (dy + row * width, x + row * width, out + row * width)
            let (scaleAt, shiftAt) = (m.start(sequence, scale), m.start(sequence, shift))
            let inverse = inverses[row]
            Loops.add(g, to: dm + shiftAt, count: width)
            Loops.map(g, v, dm + scaleAt, into: dm + scaleAt, count: width) { $2 + $0 * $1 * inverse }
            Loops.map(g, vectors + scaleAt, into: to, count: width) { $0 * (1 + $1) }
            normBackward(to, v, inverse, width)
          }
        }
      }
      slot?.add(dx)
      m.slot?.add(dm)
    }
  }

  /// x + gate · branch, the gate a vector that depends on the sequence; all but the gate `[rows, width]`.
  public func adding(_ branch: Variable, gate: ModulationPart) -> Variable {
    let (input, added, modulation) = (value, branch.value, gate.vectors)
    let m = ModulationShape(modulation, of: input, gate.layout)
    precondition(added.shape == input.shape, "\(added.shape) is no branch of \(input.shape)")
    let (parts, width, gate) = (modulation.value, m.width, gate.index)
    let y = Tensor.make(input.shape, reading: input, added, parts) { out, x, b, vectors in
      m.forEachRow { row, sequence in
        let (at, g) = (row * width, vectors + m.start(sequence, gate))
        Loops.map(x + at, b + at, g, into: out + at, count: width) { $0 + $1 * $2 }
      }
    }
    return tape.record(y, from: [self, branch, modulation]) { [slot, branchSlot = branch.slot] dy in
      var dm = Tensor(parts.shape)
      let db = Tensor.make(dy.shape, reading: dy, added, parts) { out, dy, b, vectors in
        dm.withUnsafeMutable { dm in
          m.forEachRow { row, sequence in
            let (at, part) = (row * width, m.start(sequence, gate))
            Loops.map(dy + at, vectors + part, into: out + at, count: width) { $0 * $1 }
            Loops.map(dy + at, b + at, dm + part, into: dm + part, count: width) { $2 + $0 * $1 }
          }
        }
      }
      slot?.add(dy)
      branchSlot?.add(db)
      m.slot?.add(dm)
    }
  }
}

/// Rows, `(rows, width)`, and the vectors of their sequences, `(sequences, parts · width)`.
private struct ModulationShape {
  let width: Int
  /// parts · width.
  private let stride: Int
  private let layout: SequenceLayout
  /// Where the gradient of the vectors gathers.
  let slot: GradientSlot?

  init(_ vectors: Variable, of x: Tensor, _ layout: SequenceLayout) {
    precondition(
      x.shape[0] == layout.rowCount && vectors.value.shape[0] == layout.count,
      "\(vectors.value.shape) does not modulate \(x.shape) in \(layout.count) sequences")
    (width, stride, slot) = (x.shape[1], vectors.value.shape[1], vectors.slot)
    self.layout = layout
  }

  /// The first element of a sequence's vector of this number.
  @inline(__always)
  func start(_ sequence: Int, _ index: Int) -> Int { sequence * stride + index * width }

  @inline(__always)
  func forEachRow(_ body: (_ row: Int, _ sequence: Int) -> Void) {
    for sequence in 0..<layout.count {
      for row in layout.starts[sequence]..<(layout.starts[sequence] + layout.lengths[sequence]) { body(row, sequence) }
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
