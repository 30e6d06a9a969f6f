/// A dense, contiguous, row-major array of `Float` with a shape; a value type whose storage is shared until written.
///
/// Memory is 64-byte aligned (a cache line, an AVX-512 register) and comes from `TensorPool`, which hands the same
/// blocks out again: a training step makes the same shapes every time and should not fault in new pages for them.
public struct Tensor: Sendable {
  /// Lengths of the dimensions, outermost first.
  public let shape: [Int]
  /// The number of elements: the product of `shape`.
  public let count: Int
  private var storage: TensorStorage

  /// A tensor whose elements are all `value`.
  public init(_ shape: [Int], repeating value: Float = 0) {
    self.init(uninitialized: shape)
    storage.base.update(repeating: value, count: count)
  }

  /// A tensor of the given shape over `values` in row-major order.
  /// - Precondition: `values.count` is the product of `shape`.
  public init(_ shape: [Int], _ values: [Float]) {
    self.init(uninitialized: shape)
    precondition(values.count == count, "\(values.count) values do not fill the shape \(shape)")
    values.withUnsafeBufferPointer { source in
      if let from = source.baseAddress { storage.base.update(from: from, count: count) }
    }
  }

  /// A tensor whose memory holds anything: for kernels that write every element.
  package init(uninitialized shape: [Int]) {
    precondition(shape.allSatisfy { $0 >= 0 }, "negative dimension in \(shape)")
    self.shape = shape
    self.count = shape.reduce(1, *)
    self.storage = TensorStorage(count: count)
  }

  /// What stands for a tensor of this shape until it is there: it takes no memory, and has no elements to read or write.
  package init(pending shape: [Int]) { self.init(shape: shape, sharing: Self.nothing) }

  private static let nothing = TensorStorage(count: 0)

  private init(shape: [Int], sharing storage: TensorStorage) {
    self.shape = shape
    self.count = shape.reduce(1, *)
    self.storage = storage
  }

  /// The same elements under another shape, without a copy.
  public func reshaped(_ shape: [Int]) -> Tensor {
    precondition(shape.reduce(1, *) == count, "cannot view \(self.shape) as \(shape)")
    return Tensor(shape: shape, sharing: storage)
  }

  /// The elements in row-major order.
  public var values: [Float] { withUnsafe { Array(UnsafeBufferPointer(start: $0, count: count)) } }

  /// Reads or writes one element by its row-major index.
  public subscript(flat index: Int) -> Float {
    get {
      precondition(index >= 0 && index < count, "index \(index) outside of \(count) elements")
      return withUnsafe { $0[index] }
    }
    set {
      precondition(index >= 0 && index < count, "index \(index) outside of \(count) elements")
      withUnsafeMutable { $0[index] = newValue }
    }
  }

  /// Calls `body` with the elements for reading.
  public func withUnsafe<R>(_ body: (UnsafePointer<Float>) throws -> R) rethrows -> R {
    precondition(count <= storage.capacity, "a tensor of shape \(shape) that is not there yet")
    return try withExtendedLifetime(storage) { try body(UnsafePointer(storage.base)) }
  }

  /// Whether writing to it needs no copy.
  var isUnshared: Bool {
    mutating get { isKnownUniquelyReferenced(&storage) }
  }

  /// Calls `body` with the elements for writing, after copying them if another tensor shares them.
  public mutating func withUnsafeMutable<R>(_ body: (UnsafeMutablePointer<Float>) throws -> R) rethrows -> R {
    precondition(count <= storage.capacity, "a tensor of shape \(shape) that is not there yet")
    if !isUnshared {
      let copy = TensorStorage(count: count)
      copy.base.update(from: storage.base, count: count)
      storage = copy
    }
    return try withExtendedLifetime(storage) { try body(storage.base) }
  }
}
