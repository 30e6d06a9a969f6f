extension Tape {
  /// The Gaussian error linear unit x · Φ(x), by the error function, as BERT uses it (Hendrycks & Gimpel 2016).
  public func gelu(_ x: Variable) -> Variable { apply(Gelu.self, to: x) }

  /// The GELU in its tanh form, x · σ(2·√(2/π)·(x + 0.044715·x³)): PyTorch's `approximate="tanh"`.
  public func geluTanh(_ x: Variable) -> Variable { apply(GeluTanh.self, to: x) }

  /// The sigmoid linear unit x · σ(x), also called swish.
  public func silu(_ x: Variable) -> Variable { apply(Silu.self, to: x) }

  /// x + y, of one shape.
  public func add(_ x: Variable, _ y: Variable) -> Variable {
    var sum = x.value
    sum.add(y.value)
    return record(sum, from: [x, y]) { dz in
      x.slot?.add(dz)
      y.slot?.add(dz)
    }
  }

  /// x + v, the vector v added to each row of x.
  public func addToRows(_ x: Variable, _ vector: Parameter) -> Variable {
    var sum = x.value
    sum.addToRows(vector.value)
    return record(sum, from: [x], parameters: true) { [gradients] dy in
      gradients.accumulate(vector) { dy.addRowSums(to: $0) }
      x.slot?.add(dy)
    }
  }

  private func apply<Function: Activation>(_ function: Function.Type, to x: Variable) -> Variable {
    guard isRecording, x.slot != nil else { return constant(values(of: function, x.value)) }
    let (count, input) = (x.value.count, x.value)
    var slopes = Tensor(uninitialized: input.shape)
    let y = slopes.withUnsafeMutable { slopes in
      Tensor.make(input.shape, reading: input) { out, x in
        for i in 0..<count { (out[i], slopes[i]) = Function.valueAndSlope(x[i]) }
      }
    }
    return record(y, from: [x]) { [slopes] (dy: consuming Tensor) in
      slopes.withUnsafe { slopes in
        dy.withUnsafeMutable { dy in Loops.map(dy, slopes, into: dy, count: count) { $0 * $1 } }
      }
      x.slot?.add(dy)
    }
  }

  private func values<Function: Activation>(of function: Function.Type, _ input: Tensor) -> Tensor {
    let width = input.shape.last ?? 1
    return Tensor.make(input.shape, reading: input) { out, x in
      nonisolated(unsafe) let (out, x) = (out, x)
      forEachTile(input.count / max(1, width)) { rows in
        let (out, x) = (out + rows.lowerBound * width, x + rows.lowerBound * width)
        for i in 0..<(rows.count * width) { out[i] = Function.value(x[i]) }
      }
    }
  }
}

/// An elementwise function and its slope: types, so that the loops over them are compiled for each.
///
/// Both come from the same exponential, so that the slope is best computed, and kept for the way back, along with the value.
private protocol Activation {
  static func valueAndSlope(_ x: Float) -> (Float, Float)
}

extension Activation {
  @inline(__always)
  static func value(_ x: Float) -> Float { valueAndSlope(x).0 }
}

private enum Gelu: Activation {
  @inline(__always)
  static func valueAndSlope(_ x: Float) -> (Float, Float) {
    let share = 0.5 * (1 + VectorMath.erf(x * 0.707_106_781))
    return (x * share, share + x * VectorMath.exp(x * x * -0.5) * 0.398_942_280)
  }
}

private enum GeluTanh: Activation {
  @inline(__always)
  static func valueAndSlope(_ x: Float) -> (Float, Float) {
    let square = x * x
    let s = VectorMath.sigmoid(x * VectorMath.fused(square, 0.071_354_816, 1.595_769_12))
    let slope = VectorMath.fused(x * s * (1 - s), VectorMath.fused(square, 0.214_064_448, 1.595_769_12), s)
    return (x * s, slope)
  }
}

private enum Silu: Activation {
  @inline(__always)
  static func valueAndSlope(_ x: Float) -> (Float, Float) {
    let s = VectorMath.sigmoid(x)
    return (x * s, s * (1 + x * (1 - s)))
  }
}
