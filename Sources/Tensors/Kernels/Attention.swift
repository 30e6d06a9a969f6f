extension Variable {
  /// Scaled dot-product attention of several heads within each sequence (Vaswani et al. 2017, eq. 1).
  ///
  /// The scores of one sequence at a time exist, `[head, row, row]`, which a recording tape keeps for the way back; else of some
  /// of its rows, so that they stay in the cache, and threads can share them.
  /// - Parameters:
  ///   - heads: of each of the queries, keys and values that lie side by side here, `[rows, 3 · width]`.
  ///   - layout: which rows see each other.
  /// - Returns: `[rows, width]`.
  public func attention(heads: Int, layout: SequenceLayout) -> Variable {
    let precision = tape.precision
    let shape = AttentionShape(qkv: value, heads: heads, precision: precision)
    precondition(value.shape[0] == layout.rowCount, "\(value.shape) has not the \(layout.rowCount) rows laid out")
    let input = MatrixOperand(value, precision: precision, spareRows: shape.multiple)
    var y = Tensor(uninitialized: [layout.rowCount, shape.width])
    var kept: [AttentionWeights] = []
    y.withUnsafeMutable { out in
      nonisolated(unsafe) let out = out
      for (start, length) in zip(layout.starts, layout.lengths) {
        let sequence = AttentionRows(start: start, length: length, rows: 0..<length)
        if tape.isRecording {
          kept.append(shape.attend(input, sequence, into: out))
        } else {
          tape.forEachTile(length) { shape.attend(input, sequence.only($0), into: out) }
        }
      }
    }
    return tape.record(y, from: [self]) { [kept, slot] dy in
      var dqkv = Tensor(uninitialized: [layout.rowCount, shape.stride])
      let dyOperand = MatrixOperand(dy, precision: precision)
      dqkv.withUnsafeMutable { out in
        for (weights, (start, length)) in zip(kept, zip(layout.starts, layout.lengths)) {
          let sequence = AttentionRows(start: start, length: length, rows: 0..<length)
          shape.backward(weights, input, dyOperand, sequence, into: out + start * shape.stride)
        }
      }
      slot?.add(dqkv)
    }
  }
}

/// What the rows of a sequence make of each other, `[head, row, column]`.
private struct AttentionWeights {
  let values: Tensor
  /// As products read them.
  let operand: MatrixOperand
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
  /// What the number of columns of scores is a multiple of: oneDNN takes half as long again for one that is no multiple of
  /// eight. Those behind a sequence's own come from the rows that follow, which only a rounded copy has behind the last
  /// sequence; nobody looks at them.
  var multiple: Int { precision == .float32 ? 1 : 8 }

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

  /// Columns of scores, `[head, row, column]`.
  private func columns(_ rows: AttentionRows) -> Int { (rows.length + multiple - 1) / multiple * multiple }

  /// P · V of some rows, into theirs of `out`: P [head, row, column], V [head, column, d], `out` [row, head × d].
  @discardableResult
  func attend(_ qkv: MatrixOperand, _ rows: AttentionRows, into out: UnsafeMutablePointer<Float>) -> AttentionWeights {
    let weights = weights(qkv, rows)
    let values = part(2, of: qkv, from: rows.start)
    apply(weights.operand, rows, to: values, stride, into: out + rows.first * width, width)
    return weights
  }

  /// P = softmax(Q · Kᵀ / √d): Q [head, row, d], K [head, column, d], P [head, row, column].
  private func weights(_ qkv: MatrixOperand, _ rows: AttentionRows) -> AttentionWeights {
    let columns = columns(rows)
    var weights = Tensor(uninitialized: [heads, rows.count, columns])
    weights.withUnsafeMutable { out in
      let (queries, keys) = (part(0, of: qkv, from: rows.first), part(1, of: qkv, from: rows.start))
      scores(queries, stride, keys, rows, into: out)
      for row in 0..<(heads * rows.count) { softmax(out + row * columns, rows.length, scale: scale) }
    }
    return AttentionWeights(values: weights, operand: MatrixOperand(weights, precision: precision))
  }

  /// left [head, row, d] · right [head, column, d]ᵀ, `[head, row, column]`.
  private func scores(
    _ left: MatrixPart, _ leftStride: Int, _ right: MatrixPart, _ rows: AttentionRows,
    into out: UnsafeMutablePointer<Float>
  ) {
    let columns = columns(rows)
    let product = Product.of(
      ProductShape(
        batch: heads, rows: rows.count, inner: headWidth, columns: columns, left: (headWidth, leftStride, 1),
        right: (headWidth, 1, stride), result: (rows.count * columns, columns), precision: precision))
    left.withBytes { left in right.withBytes { product.run(left, $0, into: out) } }
  }

  /// matrix · right for each head's matrix of weights or the like, which lies there as it is, or transposed.
  private func apply(
    _ matrix: MatrixOperand, _ rows: AttentionRows, transposed: Bool = false,
    to right: MatrixPart, _ rightStride: Int, into out: UnsafeMutablePointer<Float>, _ outStride: Int
  ) {
    let line = columns(rows)
    let batch = rows.count * line
    let product = Product.of(
      ProductShape(
        batch: heads, rows: transposed ? rows.length : rows.count, inner: transposed ? rows.count : rows.length,
        columns: headWidth, left: transposed ? (batch, 1, line) : (batch, line, 1), right: (headWidth, rightStride, 1),
        result: (headWidth, outStride), precision: precision))
    matrix.withBytes { left in right.withBytes { product.run(left, $0, into: out) } }
  }

  /// The gradients of queries, keys and values from `dy`, `[row, width]`, and the weights P of the forward pass:
  /// dV = Pᵀ·dY; dP = dY·Vᵀ; dS = P ∘ (dP − Σ dP∘P); dQ = dS·K/√d; dK = dSᵀ·Q/√d.
  /// - Parameter rows: all of a sequence.
  func backward(
    _ weights: AttentionWeights, _ qkv: MatrixOperand, _ dy: MatrixOperand, _ rows: AttentionRows,
    into out: UnsafeMutablePointer<Float>
  ) {
    let (columns, dyRows) = (columns(rows), dy.part(from: rows.start * width))
    func part(_ number: Int) -> MatrixPart { self.part(number, of: qkv, from: rows.start) }
    // dV [head, column, d] = Pᵀ · dY.
    apply(weights.operand, rows, transposed: true, to: dyRows, width, into: out + 2 * width, stride)
    // dP, then dS in its place: [head, row, column].
    var ds = Tensor(uninitialized: [heads, rows.count, columns])
    weights.values.withUnsafe { p in
      ds.withUnsafeMutable { ds in
        scores(dyRows, width, part(2), rows, into: ds)
        for row in 0..<(heads * rows.count) {
          let (g, w) = (ds + row * columns, p + row * columns)
          let along = Loops.sum(g, w, count: rows.length) { $0 * $1 }
          Loops.map(g, w, into: g, count: rows.length) { ($0 - along) * $1 * scale }
        }
      }
    }
    let dsOperand = MatrixOperand(ds, precision: precision)
    // dQ [head, row, d] = dS · K, dK [head, column, d] = dSᵀ · Q.
    apply(dsOperand, rows, to: part(1), stride, into: out, stride)
    apply(dsOperand, rows, transposed: true, to: part(0), stride, into: out + width, stride)
  }
}

/// Replaces x by softmax(scale · x).
private func softmax(_ x: UnsafeMutablePointer<Float>, _ count: Int, scale: Float) {
  let largest = Loops.maximum(x, count: count)
  for i in 0..<count { x[i] = VectorMath.exp((x[i] - largest) * scale) }
  let inverse = 1 / Loops.sum(x, x, count: count) { a, _ in a }
  for i in 0..<count { x[i] *= inverse }
}
