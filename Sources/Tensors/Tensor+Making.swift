extension Tensor {
  /// A new tensor that `body` fills, every element, while reading others.
  @inline(__always)
  static func make(
    _ shape: [Int], reading a: Tensor,
    _ body: (_ out: UnsafeMutablePointer<Float>, UnsafePointer<Float>) -> Void
  ) -> Tensor {
    var made = Tensor(uninitialized: shape)
    made.withUnsafeMutable { out in a.withUnsafe { body(out, $0) } }
    return made
  }

  @inline(__always)
  static func make(
    _ shape: [Int], reading a: Tensor, _ b: Tensor,
    _ body: (_ out: UnsafeMutablePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) -> Void
  ) -> Tensor {
    make(shape, reading: a) { out, a in b.withUnsafe { body(out, a, $0) } }
  }

  @inline(__always)
  static func make(
    _ shape: [Int], reading a: Tensor, _ b: Tensor, _ c: Tensor,
    _ body: (_ out: UnsafeMutablePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>)
      -> Void
  ) -> Tensor {
    make(shape, reading: a, b) { out, a, b in c.withUnsafe { body(out, a, b, $0) } }
  }
}

/// Calls `body` with the elements of several tensors for reading.
@inline(__always)
func reading(
  _ a: Tensor, _ b: Tensor, _ body: (UnsafePointer<Float>, UnsafePointer<Float>) -> Void
) {
  a.withUnsafe { a in b.withUnsafe { body(a, $0) } }
}

@inline(__always)
func reading(
  _ a: Tensor, _ b: Tensor, _ c: Tensor,
  _ body: (UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>) -> Void
) {
  reading(a, b) { a, b in c.withUnsafe { body(a, b, $0) } }
}
