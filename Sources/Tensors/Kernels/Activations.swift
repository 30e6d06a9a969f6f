extension Variable {
  /// The Gaussian error linear unit x · Φ(x), by the error function, as BERT uses it (Hendrycks & Gimpel 2016).
  public func gelu() -> Variable { applying(Gelu.self) }

  /// The GELU in its tanh form, x · σ(2·√(2/π)·(x + 0.044715·x³)): PyTorch's `approximate="tanh"`.
  public func geluTanh() -> Variable { applying(GeluTanh.self) }

  /// The sigmoid linear unit x · σ(x), also called swish.
  public func silu() -> Variable { applying(Silu.self) }

  /// x + y, of one shape.
  public static func + (x: Variable, y: Variable) -> Variable {
    var z = x.value
    z.add(y.value)
    return x.tape.record(z, from: [x, y]) { [dx = x.slot, dy = y.slot] dz in
      dx?.add(dz)
      dy?.add(dz)
    }
  }

  /// x + v, the vector v, `[width]`, added to each row of x, `[rows, width]`.
  public static func + (x: Variable, vector: Parameter) -> Variable {
    var y = x.value
    y.addToRows(vector.value)
    return x.tape.record(y, from: [x], parameters: true) { [dx = x.slot, gradients = x.tape.gradients] dy in
      gradients.accumulate(vector) { dy.addRowSums(to: $0) }
      dx?.add(dy)
    }
  }

  private func applying<Function: Activation>(_ function: Function.Type) -> Variable {
    guard tape.isRecording, slot != nil else { return tape.constant(values(of: function)) }
    let (count, input) = (value.count, value)
    var slopes = Tensor(uninitialized: input.shape)
    let y = slopes.withUnsafeMutable { slopes in
      Tensor.make(input.shape, reading: input) { out, x in
        for i in 0..<count { (out[i], slopes[i]) = Function.valueAndSlope(x[i]) }
      }
    }
    return tape.record(y, from: [self]) { [slopes, dx = slot] (dy: consuming Tensor) in
      slopes.withUnsafe { slopes in
        dy.withUnsafeMutable { dy in Loops.map(dy, slopes, into: dy, count: count) { $0 * $1 } }
      }
      dx?.add(dy)
    }
  }

  private func values<Function: Activation>(of function: Function.Type) -> Tensor {
    let width = value.shape.last ?? 1
    return Tensor.make(value.shape, reading: value) { out, x in
      nonisolated(unsafe) let (out, x) = (out, x)
      tape.forEachTile(value.count / max(1, width)) { rows in
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
