extension Tape {
  /// y = x · Wᵀ + b over the last dimension.
  ///
  /// Products run in the tape's precision with float32 sums; on a tape of `int8`, the three of a layer that allows it in
  /// bytes, with sums in whole numbers.
  /// - Parameters:
  ///   - x: `[rows, in]`.
  ///   - weight: `[out, in]`, as PyTorch's `Linear` holds it.
  ///   - bias: `[out]`, if there is one.
  ///   - allowsBytes: whether both sides may be rounded to bytes, if the tape does that.
  /// - Returns: `[rows, out]`.
  public func linear(
    _ x: Variable, weight: Parameter, bias: Parameter? = nil, allowsBytes: Bool = false
  ) -> Variable {
    isCoarse && allowsBytes ? linearInBytes(x, weight, bias) : linearInFloats(x, weight, bias)
  }

  /// The weight is packed, once for each of its values, into the layout that oneDNN reads fastest.
  private func linearInFloats(_ x: Variable, _ weight: Parameter, _ bias: Parameter?) -> Variable {
    let shape = LinearShape(x: x.value, weight: weight.value)
    let left = MatrixOperand(x.value, precision: precision)
    var y = Tensor(uninitialized: [shape.rows, shape.outputs])
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

  /// Each side of each of the three products has scales of its own: one for each row of x and of W, of dy and column of W, or
  /// for each column of dy and of x. That training bears it is measured in docs/DESIGN.md.
  private func linearInBytes(_ x: Variable, _ weight: Parameter, _ bias: Parameter?) -> Variable {
    let shape = LinearShape(x: x.value, weight: weight.value)
    var y = Tensor(uninitialized: [shape.rows, shape.outputs])
    y.withUnsafeMutable { y in
      nonisolated(unsafe) let y = y
      forEachTile(shape.rows) { [x = x.value, packs = !isRecording] in
        shape.forwardInBytes(x, $0, weight, packs: packs, into: y)
      }
    }
    if let bias { y.addToRows(bias.value) }
    guard isRecording else { return constant(y) }
    let columns = ByteMatrix(columnsOf: x.value)
    return record(y, from: [x], parameters: true) { [gradients] dy in
      gradients.accumulate(weight) { shape.backwardWeightInBytes(dy, columns, into: $0, adding: $1) }
      if let bias { gradients.accumulate(bias) { dy.addRowSums(to: $0) } }
      guard let slot = x.slot else { return }
      var dx = Tensor(uninitialized: [shape.rows, shape.inputs])
      dx.withUnsafeMutable { shape.backwardInputInBytes(dy, weight, into: $0) }
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
  /// - Parameter packs: whether the bytes of the weight are packed first, which oneDNN takes long for: not where they serve a
  ///   single step.
  func forwardInBytes(
    _ x: Tensor, _ rows: Range<Int>, _ weight: Parameter, packs: Bool, into y: UnsafeMutablePointer<Float>
  ) {
    let (left, right, y) = (ByteMatrix(x, rows: rows), weight.bytes(), y + rows.lowerBound * outputs)
    let product = forwardProduct(.int8, rows: rows.count, packed: packs)
    if packs {
      let matrix = weight.packed(for: product, precision: .int8, transposed: true)
      withExtendedLifetime((left, matrix)) { product.run(left.base, matrix.base, into: y) }
    } else {
      withExtendedLifetime((left, right)) { product.run(left.base, right.base, into: y) }
    }
    ByteMatrix.decode(y, left: left, right: right)
  }

  private func forwardProduct(_ precision: Precision, rows: Int, packed: Bool = true) -> Product {
    Product.of(
      ProductShape(
        rows: rows, inner: inputs, columns: outputs, left: (0, inputs, 1), right: (0, 1, inputs),
        result: (0, outputs), precision: precision, packed: packed))
  }

  /// dx = dy · W.
  func backwardInput(_ dy: MatrixOperand, _ weight: Parameter, into dx: UnsafeMutablePointer<Float>) {
    let product = backwardInputProduct(dy.precision, packed: true)
    let matrix = weight.packed(for: product, precision: dy.precision, transposed: false)
    dy.withBytes { left in withExtendedLifetime(matrix) { product.run(left, matrix.base, into: dx) } }
  }

  /// dx = dy · W, both sides rounded to bytes.
  func backwardInputInBytes(_ dy: Tensor, _ weight: Parameter, into dx: UnsafeMutablePointer<Float>) {
    let (left, right) = (ByteMatrix(dy), weight.bytesByInput())
    let product = backwardInputProduct(.int8, packed: false)
    withExtendedLifetime((left, right)) { product.run(left.base, right.base, into: dx) }
    ByteMatrix.decode(dx, left: left, right: right)
  }

  private func backwardInputProduct(_ precision: Precision, packed: Bool) -> Product {
    Product.of(
      ProductShape(
        rows: rows, inner: outputs, columns: inputs, left: (0, outputs, 1), right: (0, inputs, 1),
        result: (0, inputs), precision: precision, packed: packed))
  }

  /// dW = dyᵀ · x, added to what is there or in its place.
  func backwardWeight(
    _ dy: MatrixOperand, _ x: MatrixOperand, into dw: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    let product = backwardWeightProduct(dy.precision, adding: adding)
    dy.withBytes { left in x.withBytes { product.run(left, $0, into: dw) } }
  }

  /// dW = dyᵀ · x, both sides rounded to bytes.
  /// - Parameter x: has its columns' scales.
  func backwardWeightInBytes(_ dy: Tensor, _ x: ByteMatrix, into dw: UnsafeMutablePointer<Float>, adding: Bool) {
    let left = ByteMatrix(columnsOf: dy)
    let product = backwardWeightProduct(.int8, adding: false)
    func write(_ out: UnsafeMutablePointer<Float>) {
      withExtendedLifetime((left, x)) { product.run(left.base, x.base, into: out) }
      ByteMatrix.decode(out, left: left, right: x)
    }
    guard adding else { return write(dw) }
    var sum = Tensor(uninitialized: [outputs, inputs])
    sum.withUnsafeMutable {
      write($0)
      Loops.add($0, to: dw, count: outputs * inputs)
    }
  }

  private func backwardWeightProduct(_ precision: Precision, adding: Bool) -> Product {
    Product.of(
      ProductShape(
        rows: outputs, inner: rows, columns: inputs, left: (0, 1, outputs), right: (0, inputs, 1),
        result: (0, inputs), precision: precision, accumulates: adding))
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
