extension Tape {
  /// The Gaussian error linear unit x · Φ(x), by the error function, as BERT uses it (Hendrycks & Gimpel 2016).
  public func gelu(_ x: Variable) -> Variable {
    elementwise(x) { x in
      x * 0.5 * (1 + VectorMath.erf(x * 0.707_106_781))
    } derivative: { x in
      let density = VectorMath.exp(x * x * -0.5) * 0.398_942_280
      return (0.5 * (1 + VectorMath.erf(x * 0.707_106_781))).addingProduct(x, density)
    }
  }

  /// The GELU in its tanh form, x · σ(2·√(2/π)·(x + 0.044715·x³)): PyTorch's `approximate="tanh"`.
  public func geluTanh(_ x: Variable) -> Variable {
    elementwise(x) { x in
      let inner = x * 1.595_769_12 * (x * x).multipliedAdding(0.044_715, 1)
      return x * VectorMath.sigmoid(inner)
    } derivative: { x in
      let square = x * x
      let s = VectorMath.sigmoid(x * 1.595_769_12 * square.multipliedAdding(0.044_715, 1))
      let slope = square.multipliedAdding(3 * 0.044_715, 1) * 1.595_769_12
      return s.addingProduct(x * s * (1 - s), slope)
    }
  }

  /// The sigmoid linear unit x · σ(x), also called swish.
  public func silu(_ x: Variable) -> Variable {
    elementwise(x) { x in
      x * VectorMath.sigmoid(x)
    } derivative: { x in
      let s = VectorMath.sigmoid(x)
      return s * (1 + x * (1 - s))
    }
  }

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

  @inline(__always)
  private func elementwise(
    _ x: Variable, _ function: (VectorMath.Vector) -> VectorMath.Vector,
    derivative: @escaping (VectorMath.Vector) -> VectorMath.Vector
  ) -> Variable {
    let input = x.value
    var y = Tensor(uninitialized: input.shape)
    input.withUnsafe { from in y.withUnsafeMutable { Loops.map(from, into: $0, count: input.count, function) } }
    return record(y, from: [x]) { dy in
      var dx = Tensor(uninitialized: input.shape)
      input.withUnsafe { from in
        dy.withUnsafe { gradient in
          dx.withUnsafeMutable { out in
            Loops.map(from, gradient, into: out, count: input.count) { derivative($0) * $1 }
          }
        }
      }
      x.slot?.add(dx)
    }
  }
}

extension SIMD16<Float> {
  /// self · factor + term.
  @inline(__always)
  fileprivate func multipliedAdding(_ factor: Float, _ term: Float) -> Self {
    Self(repeating: term).addingProduct(self, Self(repeating: factor))
  }
}
