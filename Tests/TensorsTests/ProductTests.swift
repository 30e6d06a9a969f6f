import Parallelism
import Tensors
import Testing

/// Reference: three loops in double, over factors rounded as the product rounds them.
@Suite("Matrix products")
struct ProductTests {
  private static let precisions: [Precision] = Precision.fastest == .bfloat16 ? [.float32, .bfloat16] : [.float32]

  /// rows, inner, columns.
  private static let sizes = [[1, 1, 1], [1, 9, 17], [7, 16, 5], [33, 31, 29], [64, 48, 80], [3, 200, 1]]

  @Test("Any layout of both sides", arguments: sizes, precisions)
  func layouts(sizes: [Int], precision: Precision) {
    for leftIsTransposed in [false, true] {
      for rightIsTransposed in [false, true] {
        for padding in [0, 3] {
          let shape = shape(sizes, leftIsTransposed, rightIsTransposed, padding, precision)
          #expect(Example(shape).error < 1e-6, "\(leftIsTransposed) \(rightIsTransposed) \(padding)")
        }
      }
    }
  }

  @Test("Added to what is there", arguments: sizes, precisions)
  func accumulates(sizes: [Int], precision: Precision) {
    var shape = shape(sizes, true, false, 0, precision)
    shape.accumulates = true
    #expect(Example(shape).error < 1e-6)
  }

  @Test("With the right side packed", arguments: sizes, precisions)
  func packed(sizes: [Int], precision: Precision) {
    for isTransposed in [false, true] {
      var shape = shape(sizes, false, isTransposed, 0, precision)
      shape.packed = true
      #expect(Example(shape).error < 1e-6)
    }
  }

  @Test("Batches that lie within the rows of a larger matrix, as heads do", arguments: [2, 5])
  func batched(count: Int) {
    var shape = ProductShape(
      batch: count, rows: 6, inner: 8, columns: 6, left: (8, 8 * count, 1), right: (8, 1, 8 * count),
      result: (36, 6), precision: .float32)
    #expect(Example(shape).error < 1e-6)
    shape.columns = 8
    shape.inner = 6
    shape.left = (36, 1, 6)
    shape.right = (8, 8 * count, 1)
    shape.result = (8, 8 * count)
    #expect(Example(shape).error < 1e-6)
  }

  @Test("Products that several threads ask for at once are those that one thread makes")
  func threads() {
    let shapes = (0..<96).map { number in
      var shape = shape(
        [1 + number % 13, 40 + number % 7, 11 + number % 5], number % 2 == 0, number % 3 == 0, 0, .float32)
      shape.packed = number % 4 == 0
      return shape
    }
    let together = Parallel.map(shapes.count, threads: 8) { Example(shapes[$0]).values }
    let alone = shapes.map { Example($0).values }
    #expect(together == alone)
  }

  @Test("Threads that pack one parameter at once all read the whole of it")
  func packingThreads() {
    let x = draw([3, 70], 9)
    for round in 0..<10 {
      let weight = Parameter("weight", draw([90, 70], UInt64(10 + round)))
      let results = Parallel.map(16, threads: 8) { _ in
        let tape = Tape.inference()
        return tape.constant(x).linear(weight: weight).value.values
      }
      #expect(results.allSatisfy { $0 == results[0] })
      #expect(results[0].contains { $0 != 0 })
    }
  }

  private func shape(
    _ sizes: [Int], _ leftIsTransposed: Bool, _ rightIsTransposed: Bool, _ padding: Int, _ precision: Precision
  ) -> ProductShape {
    let (rows, inner, columns) = (sizes[0], sizes[1], sizes[2])
    return ProductShape(
      rows: rows, inner: inner, columns: columns,
      left: leftIsTransposed ? (0, 1, rows + padding) : (0, inner + padding, 1),
      right: rightIsTransposed ? (0, 1, inner + padding) : (0, columns + padding, 1),
      result: (0, columns + padding), precision: precision)
  }
}

/// A product run on random matrices.
private struct Example {
  let values: [Float]
  private let shape: ProductShape
  private let left: Tensor
  private let right: Tensor
  private let start: Tensor

  init(_ shape: ProductShape) {
    self.shape = shape
    let (b, r, i, c) = (shape.batch - 1, shape.rows - 1, shape.inner - 1, shape.columns - 1)
    left = Self.rounded(draw([b * shape.left.batch + r * shape.left.row + i * shape.left.inner + 1], 1), shape)
    right = Self.rounded(draw([b * shape.right.batch + i * shape.right.inner + c * shape.right.column + 1], 2), shape)
    start = draw([b * shape.result.batch + r * shape.result.row + c + 1], 3)
    var result = start
    let product = Product.of(shape)
    let (leftTensor, rightTensor) = (left, right)
    Self.withBytes(leftTensor, shape) { left in
      Self.withBytes(rightTensor, shape) { right in
        guard shape.packed else { return result.withUnsafeMutable { product.run(left, right, into: $0) } }
        let packed = UnsafeMutableRawPointer.allocate(byteCount: product.packedByteCount, alignment: 64)
        defer { packed.deallocate() }
        product.pack(right, into: packed)
        result.withUnsafeMutable { product.run(left, packed, into: $0) }
      }
    }
    values = result.values
  }

  /// The largest error of an element, relative to Σ |left · right|; what lies between the rows must not have changed.
  var error: Double {
    let (l, r, s) = (left.values, right.values, start.values)
    var expected = s.map(Double.init)
    var scale = [Double](repeating: 1e-9, count: s.count)
    for batch in 0..<shape.batch {
      for row in 0..<shape.rows {
        for column in 0..<shape.columns {
          let at = batch * shape.result.batch + row * shape.result.row + column
          var (sum, size) = (0.0, 0.0)
          for inner in 0..<shape.inner {
            let a = l[batch * shape.left.batch + row * shape.left.row + inner * shape.left.inner]
            let b = r[batch * shape.right.batch + inner * shape.right.inner + column * shape.right.column]
            sum += Double(a) * Double(b)
            size += abs(Double(a) * Double(b))
          }
          expected[at] = sum + (shape.accumulates ? Double(s[at]) : 0)
          scale[at] = size + abs(expected[at])
        }
      }
    }
    return expected.indices.map { abs(Double(values[$0]) - expected[$0]) / scale[$0] }.max() ?? .infinity
  }

  private static func rounded(_ tensor: Tensor, _ shape: ProductShape) -> Tensor {
    guard shape.precision == .bfloat16 else { return tensor }
    let halves = BFloat16Matrix(tensor)
    var result = tensor
    result.withUnsafeMutable { BFloat16.decode(halves.base, into: $0, count: tensor.count) }
    return result
  }

  private static func withBytes(_ tensor: Tensor, _ shape: ProductShape, _ body: (UnsafeRawPointer) -> Void) {
    guard shape.precision == .bfloat16 else { return tensor.withUnsafe { body($0) } }
    let halves = BFloat16Matrix(tensor)
    withExtendedLifetime(halves) { body(halves.base) }
  }
}
