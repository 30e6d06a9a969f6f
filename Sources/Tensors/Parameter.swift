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
  private var rounded: RoundedMatrix?
  private var coarse: ByteMatrix?
  private var coarseColumns: ByteMatrix?
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
      rounded = nil
      (coarse, coarseColumns) = (nil, nil)
      packings = [:]
    }
  }

  /// The matrix `[outputs, inputs]` rounded to bytes, each output with a scale of its own, made once per change.
  package func bytes() -> ByteMatrix { lock.withLock { Self.once(&coarse) { ByteMatrix(value) } } }

  /// The same, each input with a scale of its own.
  package func bytesByInput() -> ByteMatrix {
    lock.withLock { Self.once(&coarseColumns) { ByteMatrix(columnsOf: value) } }
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
        case .bfloat16: product.pack(Self.once(&rounded) { RoundedMatrix(value) }.base, into: made.base)
        case .int8: product.pack(Self.once(&coarse) { ByteMatrix(value) }.base, into: made.base)
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

/// A bfloat16 copy of a tensor.
package final class RoundedMatrix: @unchecked Sendable {
  package let base: UnsafeMutablePointer<UInt16>
  private let storage: TensorStorage

  /// - Parameter spareRows: rows behind the last, which hold anything.
  package init(_ tensor: Tensor, spareRows: Int = 0) {
    let spare = spareRows == 0 ? 0 : spareRows * tensor.shape[1]
    storage = TensorStorage(count: (tensor.count + spare + 1) / 2)
    base = UnsafeMutableRawPointer(storage.base).bindMemory(to: UInt16.self, capacity: tensor.count + spare)
    tensor.withUnsafe { BrainFloat.encode($0, into: base, count: tensor.count) }
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
