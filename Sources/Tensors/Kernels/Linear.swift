extension Variable {
  /// y = x · Wᵀ + b over the last dimension.
  ///
  /// Products run in the tape's precision with float32 sums, or in int8 with sums in whole numbers: on a tape of `int8` the
  /// one forward if the layer allows it, and both of the way back. Each side then has scales of its own: one for each row of
  /// x and of W, of dy and column of W, or for each column of dy and of x.
  /// - Parameters:
  ///   - weight: `[out, in]`, as PyTorch's `Linear` holds it.
  ///   - bias: `[out]`, if there is one.
  ///   - allowsInt8: whether x and W may be rounded to int8, if the tape does that.
  /// - Returns: `[rows, out]`.
  public func linear(weight: Parameter, bias: Parameter? = nil, allowsInt8: Bool = false) -> Variable {
    let (x, tape) = (value, tape)
    let shape = LinearShape(x: x, weight: weight.value)
    let isInt8 = tape.usesInt8 && allowsInt8
    let left = isInt8 ? nil : MatrixOperand(x, precision: tape.precision)
    let int8 = isInt8 && tape.isRecording ? Int8Matrix.both(of: x) : nil
    var y = Tensor(uninitialized: [shape.rows, shape.outputs])
    y.withUnsafeMutable { y in
      nonisolated(unsafe) let y = y
      if let left {
        tape.forEachTile(shape.rows) { shape.forward(left, $0, weight, into: y) }
      } else if let int8 {
        shape.forward(int8.byRow, weight, packs: false, into: y)
      } else {
        tape.forEachTile(shape.rows) { rows in
          shape.forward(Int8Matrix(x, rows: rows), weight, packs: true, into: y + rows.lowerBound * shape.outputs)
        }
      }
    }
    if let bias { y.addToRows(bias.value) }
    guard tape.isRecording else { return tape.constant(y) }
    let exact = left.flatMap { tape.usesInt8 ? nil : LinearGradient.exact($0) }
    let gradient = exact ?? .int8(int8?.byColumn ?? Int8Matrix(columnsOf: x))
    return tape.record(y, from: [self], parameters: true) { [gradients = tape.gradients, dx = slot] dy in
      gradient.pass(dy, back: shape, weight, to: dx, gradients)
      if let bias { gradients.accumulate(bias) { dy.addRowSums(to: $0) } }
    }
  }
}

/// The way back through a linear layer, with what it keeps of the layer's input.
private enum LinearGradient {
  case exact(MatrixOperand)
  /// That learning bears it is measured in docs/experiments/int8-training.md.
  case int8(Int8Matrix)

  func pass(
    _ dy: Tensor, back shape: LinearShape, _ weight: Parameter, to slot: GradientSlot?, _ gradients: Gradients
  ) {
    func input(_ write: (UnsafeMutablePointer<Float>) -> Void) {
      guard let slot else { return }
      var dx = Tensor(uninitialized: [shape.rows, shape.inputs])
      dx.withUnsafeMutable(write)
      slot.add(dx)
    }
    switch self {
    case .exact(let x):
      let dyOperand = MatrixOperand(dy, precision: x.precision)
      gradients.accumulate(weight) { shape.backwardWeight(dyOperand, x, into: $0, adding: $1) }
      input { shape.backwardInput(dyOperand, weight, into: $0) }
    case .int8(let x) where slot == nil:
      let dy = Int8Matrix(columnsOf: dy)
      gradients.accumulate(weight) { shape.backwardWeight(dy, x, into: $0, adding: $1) }
    case .int8(let x):
      let dy = Int8Matrix.both(of: dy)
      gradients.accumulate(weight) { shape.backwardWeight(dy.byColumn, x, into: $0, adding: $1) }
      input { shape.backwardInput(dy.byRow, weight, into: $0) }
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

  /// y [rows, out] = x [rows, in] · W [out, in]ᵀ, of some rows.
  func forward(_ x: MatrixOperand, _ rows: Range<Int>, _ weight: Parameter, into y: UnsafeMutablePointer<Float>) {
    let product = forwardProduct(x.precision, rows: rows.count, packed: true)
    let matrix = weight.packed(for: product, precision: x.precision, transposed: true)
    let y = y + rows.lowerBound * outputs
    x.part(from: rows.lowerBound * inputs).withBytes { left in
      withExtendedLifetime(matrix) { product.run(left, matrix.base, into: y) }
    }
  }

  /// y [rows, out] = x [rows, in] · W [out, in]ᵀ of some rows of x, both sides rounded to int8.
  /// - Parameter packs: whether the weight is packed first, which oneDNN takes long for: not where it serves a single step.
  func forward(_ x: Int8Matrix, _ weight: Parameter, packs: Bool, into y: UnsafeMutablePointer<Float>) {
    let right = weight.int8ByOutput()
    let product = forwardProduct(.int8, rows: x.scales.count, packed: packs)
    if packs {
      let matrix = weight.packed(for: product, precision: .int8, transposed: true)
      withExtendedLifetime((x, matrix)) { product.run(x.base, matrix.base, into: y) }
    } else {
      withExtendedLifetime((x, right)) { product.run(x.base, right.base, into: y) }
    }
    Int8Matrix.decode(y, left: x, right: right)
  }

  private func forwardProduct(_ precision: Precision, rows: Int, packed: Bool) -> Product {
    Product.of(
      ProductShape(
        rows: rows, inner: inputs, columns: outputs, left: (0, inputs, 1), right: (0, 1, inputs),
        result: (0, outputs), precision: precision, packed: packed))
  }

  /// dx [rows, in] = dy [rows, out] · W [out, in].
  func backwardInput(_ dy: MatrixOperand, _ weight: Parameter, into dx: UnsafeMutablePointer<Float>) {
    let product = backwardInputProduct(dy.precision, packed: true)
    let matrix = weight.packed(for: product, precision: dy.precision, transposed: false)
    dy.withBytes { left in withExtendedLifetime(matrix) { product.run(left, matrix.base, into: dx) } }
  }

  /// dx [rows, in] = dy [rows, out] · W [out, in], both sides rounded to int8.
  /// - Parameter dy: has its rows' scales.
  func backwardInput(_ dy: Int8Matrix, _ weight: Parameter, into dx: UnsafeMutablePointer<Float>) {
    let right = weight.int8ByInput()
    let product = backwardInputProduct(.int8, packed: false)
    withExtendedLifetime((dy, right)) { product.run(dy.base, right.base, into: dx) }
    Int8Matrix.decode(dx, left: dy, right: right)
  }

  private func backwardInputProduct(_ precision: Precision, packed: Bool) -> Product {
    Product.of(
      ProductShape(
        rows: rows, inner: outputs, columns: inputs, left: (0, outputs, 1), right: (0, inputs, 1),
        result: (0, inputs), precision: precision, packed: packed))
  }

  /// dW [out, in] = dy [rows, out]ᵀ · x [rows, in], added to what is there or in its place.
  func backwardWeight(
    _ dy: MatrixOperand, _ x: MatrixOperand, into dw: UnsafeMutablePointer<Float>, adding: Bool
  ) {
    let product = backwardWeightProduct(dy.precision, adding: adding)
    dy.withBytes { left in x.withBytes { product.run(left, $0, into: dw) } }
  }

  /// dW [out, in] = dy [rows, out]ᵀ · x [rows, in], both sides rounded to int8.
  /// - Parameter dy: has its columns' scales, as `x` has.
  func backwardWeight(_ dy: Int8Matrix, _ x: Int8Matrix, into dw: UnsafeMutablePointer<Float>, adding: Bool) {
    let product = backwardWeightProduct(.int8, adding: false)
    func write(_ out: UnsafeMutablePointer<Float>) {
      withExtendedLifetime((dy, x)) { product.run(dy.base, x.base, into: out) }
      Int8Matrix.decode(out, left: dy, right: x)
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
