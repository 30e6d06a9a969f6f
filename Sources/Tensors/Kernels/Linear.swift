extension Tape {
  /// y = x · Wᵀ + b over the last dimension.
  ///
  /// Products run in the tape's precision with float32 sums. The weight is packed, once for each of its values, into the
  /// layout that oneDNN reads fastest.
  /// - Parameters:
  ///   - x: `[rows, in]`.
  ///   - weight: `[out, in]`, as PyTorch's `Linear` holds it.
  ///   - bias: `[out]`, if there is one.
  ///   - allowsBytes: whether both sides may be rounded to bytes, if the tape does that.
  /// - Returns: `[rows, out]`.
  public func linear(
    _ x: Variable, weight: Parameter, bias: Parameter? = nil, allowsBytes: Bool = false
  ) -> Variable {
    let shape = LinearShape(x: x.value, weight: weight.value)
    var y = Tensor(uninitialized: [shape.rows, shape.outputs])
    if isCoarse && allowsBytes {
      y.withUnsafeMutable { y in
        nonisolated(unsafe) let y = y
        forEachTile(shape.rows) { [x = x.value] in shape.forwardInBytes(x, $0, weight, into: y) }
      }
      if let bias { y.addToRows(bias.value) }
      return constant(y)
    }
    let left = MatrixOperand(x.value, precision: precision)
    y.withUnsafeMutable { y in
      nonisolated(unsafe) let y = y
      forEachTile(shape.rows) { shape.forward(left, $0, weight, into: y) }
    }
    if let bias { y.addToRows(bias.value) }
    return record(y, from: [x], parameters: true) { [gradients, precision] dy in
      let dyOperand = MatrixOperand(dy, precision: precision)
      gradients.accumulate(weight) { shape.backwardWeight(dyOperand, left, into: $0, adding: $1) }
      if let bias { gradients.accumulate(bias) { dy.addRowSums(to: $0) } }
      guard let slot = x.slot else { return }
      var dx = Tensor(uninitialized: [shape.rows, shape.inputs])
      dx.withUnsafeMutable { shape.backwardInput(dyOperand, weight, into: $0) }
      slot.add(dx)
    }
  }
}

/// The three products of a linear layer: the same two matrices, read along different dimensions.
private struct LinearShape {
  let rows: Int
  let inputs: Int
  let outputs: Int

  init(x: Tensor, weight: Tensor) {
    precondition(
      x.shape.count == 2 && weight.shape.count == 2 && x.shape[1] == weight.shape[1],
      "a linear layer of weight \(weight.shape) cannot take \(x.shape)")
    rows = x.shape[0]
    inputs = x.shape[1]
    outputs = weight.shape[0]
  }

  /// y = x · Wᵀ, of some rows.
  func forward(_ x: MatrixOperand, _ rows: Range<Int>, _ weight: Parameter, into y: UnsafeMutablePointer<Float>) {
    let product = forwardProduct(x.precision, rows: rows.count)
    let matrix = weight.packed(for: product, precision: x.precision, transposed: true)
    let y = y + rows.lowerBound * outputs
    x.part(from: rows.lowerBound * inputs).withBytes { left in
      withExtendedLifetime(matrix) { product.run(left, matrix.base, into: y) }
    }
  }

  /// y = x · Wᵀ, of some rows, both sides rounded to bytes.
  func forwardInBytes(_ x: Tensor, _ rows: Range<Int>, _ weight: Parameter, into y: UnsafeMutablePointer<Float>) {
    let (left, y) = (ByteMatrix(x, rows: rows), y + rows.lowerBound * outputs)
    let product = forwardProduct(.int8, rows: rows.count)
    let matrix = weight.packed(for: product, precision: .int8, transposed: true)
    withExtendedLifetime((left, matrix)) { product.run(left.base, matrix.base, into: y) }
    ByteMatrix.decode(y, left: left, right: weight.bytes())
  }

  private func forwardProduct(_ precision: Precision, rows: Int) -> Product {
    Product.of(
      ProductShape(
        rows: rows, inner: inputs, columns: outputs, left: (0, inputs, 1), right: (0, 1, inputs),
        result: (0, outputs), precision: precision, packed: true))
  }

  /// dx = dy · W.
  func backwardInput(_ dy: MatrixOperand, _ weight: Parameter, into dx: UnsafeMutablePointer<Float>) {
    let product = Product.of(
      ProductShape(
        rows: rows, inner: outputs, columns: inputs, left: (0, outputs, 1), right: (0, inputs, 1),
        result: (0, inputs), precision: dy.precision, packed: true))
    let matrix = weight.packed(for: product, precision: dy.precision, transposed: false)
    dy.withBytes { left in withExtendedLifetime(matrix) { product.run(left, matrix.base, into: dx) } }
  }

  /// dW = dyᵀ · x, added to what is there or in its place.
  func backwardWeight(
    _ dy: MatrixOperand, _ x: MatrixOperand, into dw: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    let product = Product.of(
      ProductShape(
        rows: outputs, inner: rows, columns: inputs, left: (0, 1, outputs), right: (0, inputs, 1),
        result: (0, inputs), precision: dy.precision, accumulates: adding))
    dy.withBytes { left in x.withBytes { product.run(left, $0, into: dw) } }
  }
}

extension Tensor {
  /// Adds a vector to each row of a matrix.
  mutating func addToRows(_ vector: Tensor) {
    let width = vector.count
    precondition(shape.last == width, "cannot add \(vector.shape) to the rows of \(shape)")
    let rows = count / width
    vector.withUnsafe { from in
      withUnsafeMutable { base in
        for row in 0..<rows { Loops.add(from, to: base + row * width, count: width) }
      }
    }
  }

  /// Adds the sum of all rows to `total`.
  func addRowSums(to total: UnsafeMutablePointer<Float>) {
    let width = shape[shape.count - 1]
    withUnsafe { base in
      for row in 0..<(count / width) { Loops.add(base + row * width, to: total, count: width) }
    }
  }
}
