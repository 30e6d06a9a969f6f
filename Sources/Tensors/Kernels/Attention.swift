extension Tape {
  /// Scaled dot-product attention of several heads within each sequence (Vaswani et al. 2017, eq. 1).
  ///
  /// The scores of one sequence at a time exist, `[head, row, row]`, which a recording tape keeps for the way back; else of some
  /// of its rows, so that they stay in the cache, and threads can share them.
  /// - Parameters:
  ///   - qkv: `[rows, 3 · width]`: queries, keys and values side by side, each of `heads` heads.
  ///   - layout: which rows see each other.
  /// - Returns: `[rows, width]`.
  public func attention(_ qkv: Variable, heads: Int, layout: SequenceLayout) -> Variable {
    let shape = AttentionShape(qkv: qkv.value, heads: heads, precision: precision)
    precondition(
      qkv.value.shape[0] == layout.rowCount, "\(qkv.value.shape) has not the \(layout.rowCount) rows laid out")
    let input = MatrixOperand(qkv.value, precision: precision)
    var y = Tensor(uninitialized: [layout.rowCount, shape.width])
    var kept: [Tensor] = []
    y.withUnsafeMutable { out in
      nonisolated(unsafe) let out = out
      for (start, length) in zip(layout.starts, layout.lengths) {
        let sequence = AttentionRows(start: start, length: length, rows: 0..<length)
        if isRecording {
          kept.append(shape.attend(input, sequence, into: out))
        } else {
          forEachTile(length) { shape.attend(input, sequence.only($0), into: out) }
        }
      }
    }
    return record(y, from: [qkv]) { [kept, precision] dy in
      var dqkv = Tensor(uninitialized: [layout.rowCount, shape.stride])
      let dyOperand = MatrixOperand(dy, precision: precision)
      dqkv.withUnsafeMutable { out in
        for (weights, (start, length)) in zip(kept, zip(layout.starts, layout.lengths)) {
          shape.backward(weights, input, dyOperand, start, length, into: out + start * shape.stride)
        }
      }
      qkv.slot?.add(dqkv)
    }
  }
}

/// Some rows of a sequence, which look at all of it.
private struct AttentionRows {
  /// The first row of the sequence, and how many it has.
  let start: Int
  let length: Int
  /// Those that look, within the sequence.
  var rows: Range<Int>
  var count: Int { rows.count }
  /// The first that looks, of all rows.
  var first: Int { start + rows.lowerBound }

  func only(_ rows: Range<Int>) -> AttentionRows { AttentionRows(start: start, length: length, rows: rows) }
}

/// The products of attention for one sequence, batched over its heads, reading queries, keys and values where they lie.
private struct AttentionShape {
  let heads: Int
  let width: Int
  let headWidth: Int
  let precision: Precision
  var stride: Int { 3 * width }
  var scale: Float { 1 / Float(headWidth).squareRoot() }

  init(qkv: Tensor, heads: Int, precision: Precision) {
    precondition(
      qkv.shape.count == 2 && qkv.shape[1] % (3 * heads) == 0, "\(qkv.shape) does not hold \(heads) heads of q, k, v")
    self.heads = heads
    self.precision = precision
    width = qkv.shape[1] / 3
    headWidth = width / heads
  }

  /// Queries (0), keys (1) or values (2) from a row on.
  private func part(_ number: Int, of qkv: MatrixOperand, from row: Int) -> MatrixPart {
    qkv.part(from: row * stride + number * width)
  }

  /// softmax(Q · Kᵀ / √d) · V of some rows, into theirs of `out`, `[row, width]`.
  /// - Returns: the weights, `[head, count, length]`.
  @discardableResult
  func attend(_ qkv: MatrixOperand, _ rows: AttentionRows, into out: UnsafeMutablePointer<Float>) -> Tensor {
    let weights = weights(qkv, rows)
    mix(weights, qkv, rows, into: out + rows.first * width)
    return weights
  }

  /// softmax(Q · Kᵀ / √d), `[head, count, length]`.
  private func weights(_ qkv: MatrixOperand, _ rows: AttentionRows) -> Tensor {
    var weights = Tensor(uninitialized: [heads, rows.count, rows.length])
    weights.withUnsafeMutable { out in
      let (queries, keys) = (part(0, of: qkv, from: rows.first), part(1, of: qkv, from: rows.start))
      scores(queries, stride, rows.count, keys, rows.length, into: out)
      for row in 0..<(heads * rows.count) { softmax(out + row * rows.length, rows.length, scale: scale) }
    }
    return weights
  }

  /// left · rightᵀ over the columns of each head: `[head, count, length]`.
  private func scores(
    _ left: MatrixPart, _ leftStride: Int, _ count: Int, _ right: MatrixPart, _ length: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    let product = Product.of(
      ProductShape(
        batch: heads, rows: count, inner: headWidth, columns: length, left: (headWidth, leftStride, 1),
        right: (headWidth, 1, stride), result: (count * length, length), precision: precision))
    left.withBytes { left in right.withBytes { product.run(left, $0, into: out) } }
  }

  /// weights · V, `[count, width]`.
  private func mix(
    _ weights: Tensor, _ qkv: MatrixOperand, _ rows: AttentionRows, into out: UnsafeMutablePointer<Float>
  ) {
    apply(
      MatrixOperand(weights, precision: precision), (rows.count, rows.length),
      to: part(2, of: qkv, from: rows.start), stride, into: out, width)
  }

  /// matrix · right for each head's `[rows, inner]` matrix, which lies there as it is, or transposed.
  private func apply(
    _ matrix: MatrixOperand, _ size: (rows: Int, inner: Int), transposed: Bool = false,
    to right: MatrixPart, _ rightStride: Int, into out: UnsafeMutablePointer<Float>, _ outStride: Int
  ) {
    let (rows, inner) = size
    let product = Product.of(
      ProductShape(
        batch: heads, rows: rows, inner: inner, columns: headWidth,
        left: transposed ? (rows * inner, 1, rows) : (rows * inner, inner, 1), right: (headWidth, rightStride, 1),
        result: (headWidth, outStride), precision: precision))
    matrix.withBytes { left in right.withBytes { product.run(left, $0, into: out) } }
  }

  /// The gradients of queries, keys and values from `dy`, `[row, width]`, and the weights P of the forward pass:
  /// dV = Pᵀ·dY; dP = dY·Vᵀ; dS = P ∘ (dP − Σ dP∘P); dQ = dS·K/√d; dK = dSᵀ·Q/√d.
  func backward(
    _ weights: Tensor, _ qkv: MatrixOperand, _ dy: MatrixOperand, _ start: Int, _ length: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    let (square, dyRows) = ((rows: length, inner: length), dy.part(from: start * width))
    func part(_ number: Int) -> MatrixPart { self.part(number, of: qkv, from: start) }
    apply(
      MatrixOperand(weights, precision: precision), square, transposed: true, to: dyRows, width, into: out + 2 * width,
      stride)
    var ds = Tensor(uninitialized: [heads, length, length])
    weights.withUnsafe { p in
      ds.withUnsafeMutable { ds in
        scores(dyRows, width, length, part(2), length, into: ds)
        for row in 0..<(heads * length) {
          let (g, w) = (ds + row * length, p + row * length)
          let along = Loops.sum(g, w, count: length) { $0 * $1 }
          Loops.map(g, w, into: g, count: length) { ($0 - along) * $1 * scale }
        }
      }
    }
    let dsOperand = MatrixOperand(ds, precision: precision)
    apply(dsOperand, square, to: part(1), stride, into: out, stride)
    apply(dsOperand, square, transposed: true, to: part(0), stride, into: out + width, stride)
  }
}

/// Replaces x by softmax(scale · x).
private func softmax(_ x: UnsafeMutablePointer<Float>, _ count: Int, scale: Float) {
  let largest = Loops.maximum(x, count: count)
  for i in 0..<count { x[i] = VectorMath.exp((x[i] - largest) * scale) }
  let inverse = 1 / Loops.sum(x, x, count: count) { a, _ in a }
  for i in 0..<count { x[i] *= inverse }
}
