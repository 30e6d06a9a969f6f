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
    let input = x.value
    let width = input.shape.last ?? 1
    let y = Tensor.make(input.shape, reading: input) { out, x in
      nonisolated(unsafe) let (out, x) = (out, x)
      forEachTile(input.count / max(1, width)) { rows in
        let (out, x) = (out + rows.lowerBound * width, x + rows.lowerBound * width)
        for i in 0..<(rows.count * width) { out[i] = Function.value(x[i]) }
      }
    }
    return record(y, from: [x]) { dy in
      x.slot?.add(
        Tensor.make(input.shape, reading: input, dy) { out, x, dy in
          for i in 0..<input.count { out[i] = Function.derivative(x[i]) * dy[i] }
        })
    }
  }
}

/// An elementwise function and its derivative: types, so that the loops over them are compiled for each.
private protocol Activation {
  static func value(_ x: Float) -> Float
  static func derivative(_ x: Float) -> Float
}

private enum Gelu: Activation {
  @inline(__always)
  static func value(_ x: Float) -> Float {
    x * 0.5 * (1 + VectorMath.erf(x * 0.707_106_781))
  }

  @inline(__always)
  static func derivative(_ x: Float) -> Float {
    0.5 * (1 + VectorMath.erf(x * 0.707_106_781)) + x * VectorMath.exp(x * x * -0.5) * 0.398_942_280
  }
}

private enum GeluTanh: Activation {
  @inline(__always)
  static func value(_ x: Float) -> Float {
    x * VectorMath.sigmoid(x * VectorMath.fused(x * x, 0.071_354_816, 1.595_769_12))
  }

  @inline(__always)
  static func derivative(_ x: Float) -> Float {
    let square = x * x
    let s = VectorMath.sigmoid(x * VectorMath.fused(square, 0.071_354_816, 1.595_769_12))
    return VectorMath.fused(x * s * (1 - s), VectorMath.fused(square, 0.214_064_448, 1.595_769_12), s)
  }
}

private enum Silu: Activation {
  @inline(__always)
  static func value(_ x: Float) -> Float { x * VectorMath.sigmoid(x) }

  @inline(__always)
  static func derivative(_ x: Float) -> Float {
    let s = VectorMath.sigmoid(x)
    return s * (1 + x * (1 - s))
  }
}
