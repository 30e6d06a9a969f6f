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
    var inverses = [Float](repeating: 0, count: layout.rowCount)
    var y = Tensor(uninitialized: input.shape)
    let parts = modulation.value
    input.withUnsafe { from in
      parts.withUnsafe { m in
        y.withUnsafeMutable { out in
          layout.forEachRow { row, sequence in
            let (v, to) = (from + row * width, out + row * width)
            let (a, b) = (m + sequence * stride + scale.index * width, m + sequence * stride + shift.index * width)
            let inverse = inverseRootMeanSquare(v, width)
            inverses[row] = inverse
            Loops.map(v, a, b, into: to, count: width) { $0 * inverse * (1 + $1) + $2 }
          }
        }
      }
    }
    return record(y, from: [x, modulation]) { dy in
      var dx = Tensor(uninitialized: input.shape)
      var dm = Tensor(parts.shape)
      dy.withUnsafe { dy in
        input.withUnsafe { from in
          parts.withUnsafe { m in
            dx.withUnsafeMutable { dx in
              dm.withUnsafeMutable { dm in
                layout.forEachRow { row, sequence in
                  let (g, v, out) = (dy + row * width, from + row * width, dx + row * width)
                  let base = sequence * stride
                  let (dScale, dShift) = (dm + base + scale.index * width, dm + base + shift.index * width)
                  let inverse = inverses[row]
                  Loops.add(g, to: dShift, count: width)
                  Loops.map(g, v, dScale, into: dScale, count: width) { $2 + $0 * $1 * inverse }
                  Loops.map(g, m + base + scale.index * width, into: out, count: width) { $0 * (1 + $1) }
                  normBackward(out, v, inverse, width)
                }
              }
            }
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
    var y = Tensor(uninitialized: input.shape)
    let (parts, added) = (modulation.value, branch.value)
    input.withUnsafe { from in
      added.withUnsafe { b in
        parts.withUnsafe { m in
          y.withUnsafeMutable { out in
            layout.forEachRow { row, sequence in
              let (at, g) = (row * width, m + sequence * stride + gate.index * width)
              Loops.map(from + at, b + at, g, into: out + at, count: width) { $0 + $1 * $2 }
            }
          }
        }
      }
    }
    return record(y, from: [x, branch, modulation]) { dy in
      var db = Tensor(uninitialized: dy.shape)
      var dm = Tensor(parts.shape)
      dy.withUnsafe { d in
        added.withUnsafe { b in
          parts.withUnsafe { m in
            db.withUnsafeMutable { db in
              dm.withUnsafeMutable { dm in
                layout.forEachRow { row, sequence in
                  let (at, part) = (row * width, sequence * stride + gate.index * width)
                  Loops.map(d + at, m + part, into: db + at, count: width) { $0 * $1 }
                  Loops.map(d + at, b + at, dm + part, into: dm + part, count: width) { $2 + $0 * $1 }
                }
              }
            }
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

/// Turns the gradient of x / rms(x), in place, into the gradient of x.
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
