import COneDNN
import Foundation
import Memory

/// A matrix product of a fixed shape through oneDNN: result[b] (rows × columns) = left[b] (rows × inner) · right[b].
///
/// Making one compiles code (a fraction of a millisecond), so they are kept by shape for the life of the process and
/// run from any thread. Every product runs on the calling thread alone: work is split above, where the order of sums
/// can be fixed.
package struct Product: @unchecked Sendable {
  // Sendable: oneDNN primitives are immutable once made; scratch memory belongs to the calling thread.
  private let handle: OpaquePointer

  /// The product of this shape, made once.
  package static func of(_ shape: ProductShape) -> Product {
    cache.lock.withLock {
      if let known = cache.products[shape] { return known }
      var description = shape.description
      var outcome = HissDone
      guard let handle = hiss_product_create(&description, &outcome) else {
        Self.end(outcome, "oneDNN has no product for \(shape)")
      }
      let product = Product(handle: handle)
      cache.products[shape] = product
      return product
    }
  }

  /// - Parameter result: gets whole numbers of 32 bits instead where the sides are int8.
  package func run(_ left: UnsafeRawPointer, _ right: UnsafeRawPointer, into result: UnsafeMutablePointer<Float>) {
    let outcome = hiss_product_execute(handle, left, right, result)
    guard outcome == HissDone else { Self.end(outcome, "oneDNN could not run a product") }
  }

  /// The bytes that `pack` writes, and the identity of their layout: equal identities can share packed weights.
  package var packedByteCount: Int { hiss_product_packed_bytes(handle) }
  package var packedLayout: UInt64 { hiss_product_packed_layout(handle) }

  /// Reorders the right matrix into the layout this product reads fastest.
  package func pack(_ right: UnsafeRawPointer, into packed: UnsafeMutableRawPointer) {
    let outcome = hiss_product_pack(handle, right, packed)
    guard outcome == HissDone else { Self.end(outcome, "oneDNN could not pack a matrix") }
  }

  private static func end(_ outcome: HissOutcome, _ reason: String) -> Never {
    // oneDNN has one word for several failures: of want of memory it is one where memory is short.
    if outcome == HissNoMemory, OutOfMemory.isNear { OutOfMemory.end("a matrix product") }
    preconditionFailure(reason)
  }

  private final class Cache: @unchecked Sendable {
    let lock = NSLock()
    var products: [ProductShape: Product] = [:]
  }
  private static let cache = Cache()
}

/// Where the elements of a product's three matrices lie, in elements; `batch` matrices lie `…Batch` apart.
package struct ProductShape: Hashable, Sendable {
  package var batch = 1
  package var rows: Int
  package var inner: Int
  package var columns: Int
  /// Distances between neighbours: along the rows and along the inner dimension of the left matrix …
  package var left: (batch: Int, row: Int, inner: Int)
  /// … along the inner dimension and the columns of the right matrix …
  package var right: (batch: Int, inner: Int, column: Int)
  /// … and between the rows of the result, whose columns are adjacent.
  package var result: (batch: Int, row: Int)
  package var precision: Precision
  package var accumulates = false
  package var packed = false

  package init(
    batch: Int = 1, rows: Int, inner: Int, columns: Int, left: (batch: Int, row: Int, inner: Int),
    right: (batch: Int, inner: Int, column: Int), result: (batch: Int, row: Int), precision: Precision,
    accumulates: Bool = false, packed: Bool = false
  ) {
    self.batch = batch
    self.rows = rows
    self.inner = inner
    self.columns = columns
    self.left = left
    self.right = right
    self.result = result
    self.precision = precision
    self.accumulates = accumulates
    self.packed = packed
  }

  package static func == (a: ProductShape, b: ProductShape) -> Bool {
    a.rows == b.rows && a.inner == b.inner && a.columns == b.columns && a.batch == b.batch && a.left == b.left
      && a.right == b.right && a.result == b.result && a.precision == b.precision && a.accumulates == b.accumulates
      && a.packed == b.packed
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(rows)
    hasher.combine(inner)
    hasher.combine(columns)
    hasher.combine(left.row)
    hasher.combine(right.inner)
    hasher.combine(accumulates)
  }

  fileprivate var description: HissProductShape {
    HissProductShape(
      batch: Int64(batch), rows: Int64(rows), inner: Int64(inner), columns: Int64(columns),
      left_batch: Int64(left.batch), left_row: Int64(left.row), left_inner: Int64(left.inner),
      right_batch: Int64(right.batch), right_inner: Int64(right.inner), right_column: Int64(right.column),
      result_batch: Int64(result.batch), result_row: Int64(result.row),
      element: Int32(precision.element.rawValue),
      accumulate: accumulates ? 1 : 0, packed: packed ? 1 : 0)
  }
}

extension Precision {
  fileprivate var element: HissElement {
    switch self {
    case .float32: HissFloat32
    case .bfloat16: HissBFloat16
    case .int8: HissInt8
    }
  }
}
