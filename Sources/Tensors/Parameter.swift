import Foundation

/// A named tensor that training changes, with the forms of it that products read kept beside it.
public final class Parameter: @unchecked Sendable {
  // Sendable: `value` changes only between passes (the optimizer's step, loading); the cached forms are behind a lock.

  /// The name in checkpoints, such as `blocks.3.attention.output.weight`.
  public let name: String

  /// The full-precision values; setting them drops the cached forms.
  public var value: Tensor {
    didSet { forget() }
  }

  private let lock = NSLock()
  private var bfloat16: BFloat16Matrix?
  private var int8Rows: Int8Matrix?
  private var int8Columns: Int8Matrix?
  private var packings: [PackingKey: PackedMatrix] = [:]

  public init(_ name: String, _ value: Tensor) {
    self.name = name
    self.value = value
  }

  /// Changes the values in place, then drops the cached forms.
  public func update<R>(_ body: (UnsafeMutablePointer<Float>) throws -> R) rethrows -> R {
    try value.withUnsafeMutable(body)
  }

  private func forget() {
    lock.withLock {
      bfloat16 = nil
      (int8Rows, int8Columns) = (nil, nil)
      packings = [:]
    }
  }

  /// The matrix `[outputs, inputs]` in int8, each output with a scale of its own, made once per change.
  package func int8ByOutput() -> Int8Matrix { lock.withLock { Self.once(&int8Rows) { Int8Matrix(value) } } }

  /// The same, each input with a scale of its own.
  package func int8ByInput() -> Int8Matrix {
    lock.withLock { Self.once(&int8Columns) { Int8Matrix(columnsOf: value) } }
  }

  /// The form that is kept, made where there is none yet.
  private static func once<Form>(_ kept: inout Form?, _ make: () -> Form) -> Form {
    if let kept { return kept }
    let made = make()
    kept = made
    return made
  }

  /// The matrix packed for `product`, whose right side it is, once per change; layouts are shared between the products that
  /// agree on one.
  /// - Parameter transposed: whether the product reads it so. A square matrix has one layout for both.
  package func packed(for product: Product, precision: Precision, transposed: Bool) -> PackedMatrix {
    let key = PackingKey(layout: product.packedLayout, precision: precision, isTransposed: transposed)
    return lock.withLock {
      Self.once(&packings[key]) {
        let made = PackedMatrix(byteCount: product.packedByteCount)
        switch precision {
        case .float32: value.withUnsafe { product.pack($0, into: made.base) }
        case .bfloat16: product.pack(Self.once(&bfloat16) { BFloat16Matrix(value) }.base, into: made.base)
        case .int8: product.pack(Self.once(&int8Rows) { Int8Matrix(value) }.base, into: made.base)
        }
        return made
      }
    }
  }

  private struct PackingKey: Hashable {
    var layout: UInt64
    var precision: Precision
    var isTransposed: Bool
  }
}

/// A matrix in the layout that one oneDNN product reads.
package final class PackedMatrix: @unchecked Sendable {
  package let base: UnsafeMutableRawPointer
  private let storage: TensorStorage

  init(byteCount: Int) {
    storage = TensorStorage(bytes: byteCount)
    base = UnsafeMutableRawPointer(storage.base)
  }
}
