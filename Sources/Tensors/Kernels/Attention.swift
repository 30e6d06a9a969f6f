extension Tape {
  /// Scaled dot-product attention of several heads within each sequence (Vaswani et al. 2017, eq. 1).
  ///
  /// The scores of one sequence at a time exist, `[head, row, row]`; a recording tape keeps them for the way back.
  /// - Parameters:
  ///   - qkv: `[rows, 3 · width]`: queries, keys and values side by side, each of `heads` heads.
  ///   - layout: which rows see each other.
  /// - Returns: `[rows, width]`.
  public func attention(_ qkv: Variable, heads: Int, layout: SequenceLayout) -> Variable {
    let input = qkv.value
    let shape = AttentionShape(qkv: input, heads: heads)
    precondition(input.shape[0] == layout.rowCount, "\(input.shape) has not the \(layout.rowCount) rows laid out")
    var y = Tensor(uninitialized: [layout.rowCount, shape.width])
    var kept: [Tensor] = []
    input.withUnsafe { from in
      y.withUnsafeMutable { out in
        for (start, length) in zip(layout.starts, layout.lengths) {
          var weights = Tensor(uninitialized: [heads, length, length])
          let rows = from + start * shape.stride
          weights.withUnsafeMutable { shape.weights(rows, length, into: $0) }
          weights.withUnsafe { shape.mix($0, rows, length, into: out + start * shape.width) }
          if isRecording { kept.append(weights) }
        }
      }
    }
    return record(y, from: [qkv]) { [kept] dy in
      var dqkv = Tensor(uninitialized: input.shape)
      input.withUnsafe { from in
        dy.withUnsafe { dy in
          dqkv.withUnsafeMutable { out in
            for (weights, (start, length)) in zip(kept, zip(layout.starts, layout.lengths)) {
              let at = start * shape.stride
              shape.backward(weights, from + at, dy + start * shape.width, length, into: out + at)
            }
          }
        }
      }
      qkv.slot?.add(dqkv)
    }
  }
}

/// The products of attention for one sequence, batched over its heads, reading queries, keys and values where they lie.
private struct AttentionShape {
  let heads: Int
  let width: Int
  let headWidth: Int
  var stride: Int { 3 * width }
  var scale: Float { 1 / Float(headWidth).squareRoot() }

  init(qkv: Tensor, heads: Int) {
    precondition(
      qkv.shape.count == 2 && qkv.shape[1] % (3 * heads) == 0, "\(qkv.shape) does not hold \(heads) heads of q, k, v")
    self.heads = heads
    width = qkv.shape[1] / 3
    headWidth = width / heads
  }

  /// softmax(Q · Kᵀ / √d), `[head, length, length]`.
  func weights(_ rows: UnsafePointer<Float>, _ length: Int, into out: UnsafeMutablePointer<Float>) {
    scores(rows, rows + width, stride, length, into: out)
    for row in 0..<(heads * length) { softmax(out + row * length, length, scale: scale) }
  }

  /// left · rightᵀ over the columns of each head: `[head, length, length]`.
  private func scores(
    _ left: UnsafePointer<Float>, _ right: UnsafePointer<Float>, _ leftStride: Int, _ length: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    Product.of(
      ProductShape(
        batch: heads, rows: length, inner: headWidth, columns: length, left: (headWidth, leftStride, 1),
        right: (headWidth, 1, stride), result: (length * length, length), precision: .float32)
    ).run(left, right, into: out)
  }

  /// weights · V, `[length, width]`.
  func mix(
    _ weights: UnsafePointer<Float>, _ rows: UnsafePointer<Float>, _ length: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    apply(weights, transposed: false, to: rows + 2 * width, stride, length, into: out, width)
  }

  /// matrix · right, or matrixᵀ · right, for each head's `[length, length]` matrix.
  private func apply(
    _ matrix: UnsafePointer<Float>, transposed: Bool, to right: UnsafePointer<Float>, _ rightStride: Int,
    _ length: Int, into out: UnsafeMutablePointer<Float>, _ outStride: Int
  ) {
    let square = length * length
    Product.of(
      ProductShape(
        batch: heads, rows: length, inner: length, columns: headWidth,
        left: transposed ? (square, 1, length) : (square, length, 1), right: (headWidth, rightStride, 1),
        result: (headWidth, outStride), precision: .float32)
    ).run(matrix, right, into: out)
  }

  /// The gradients of queries, keys and values from `dy`, `[length, width]`, and the weights P of the forward pass:
  /// dV = Pᵀ·dY; dP = dY·Vᵀ; dS = P ∘ (dP − Σ dP∘P); dQ = dS·K/√d; dK = dSᵀ·Q/√d.
  func backward(
    _ weights: Tensor, _ rows: UnsafePointer<Float>, _ dy: UnsafePointer<Float>, _ length: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    var ds = Tensor(uninitialized: [heads, length, length])
    weights.withUnsafe { p in
      apply(p, transposed: true, to: dy, width, length, into: out + 2 * width, stride)
      ds.withUnsafeMutable { ds in
        scores(dy, rows + 2 * width, width, length, into: ds)
        for row in 0..<(heads * length) {
          let (g, w) = (ds + row * length, p + row * length)
          let along = Loops.sum(g, w, count: length) { $0 * $1 }
          Loops.map(g, w, into: g, count: length) { ($0 - along) * $1 * scale }
        }
      }
    }
    ds.withUnsafe { ds in
      apply(ds, transposed: false, to: rows + width, stride, length, into: out, stride)
      apply(ds, transposed: true, to: rows, stride, length, into: out + width, stride)
    }
  }
}

/// Replaces x by softmax(scale · x).
private func softmax(_ x: UnsafeMutablePointer<Float>, _ count: Int, scale: Float) {
  let largest = Loops.maximum(x, count: count)
  for i in 0..<count { x[i] = VectorMath.exp((x[i] - largest) * scale) }
  let inverse = 1 / Loops.sum(x, x, count: count) { a, _ in a }
  for i in 0..<count { x[i] *= inverse }
}
