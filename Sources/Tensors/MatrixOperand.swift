/// One side of a product: the tensor itself, or its copy in bfloat16, which then is all that the tape keeps.
struct MatrixOperand {
  private let full: Tensor?
  private let bfloat16: BFloat16Matrix?

  /// - Parameter spareRows: rows behind the last of a copy, which hold anything, for products that read more than there is.
  init(_ tensor: Tensor, precision: Precision, spareRows: Int = 0) {
    full = precision == .float32 ? tensor : nil
    bfloat16 = precision == .bfloat16 ? BFloat16Matrix(tensor, spareRows: spareRows) : nil
  }

  var precision: Precision { bfloat16 == nil ? .float32 : .bfloat16 }

  func withBytes(_ body: (UnsafeRawPointer) -> Void) {
    if let bfloat16 {
      withExtendedLifetime(bfloat16) { body(bfloat16.base) }
    } else {
      full?.withUnsafe { body($0) }
    }
  }

  /// What begins at an element, where a matrix lies within another.
  func part(from element: Int) -> MatrixPart { MatrixPart(whole: self, element: element) }
}

/// A side of a product that lies within a larger matrix.
struct MatrixPart {
  let whole: MatrixOperand
  /// The number of its first element.
  let element: Int

  func withBytes(_ body: (UnsafeRawPointer) -> Void) {
    let size = whole.precision == .float32 ? MemoryLayout<Float>.size : MemoryLayout<UInt16>.size
    whole.withBytes { body($0 + element * size) }
  }
}
