/// A matrix rounded to int8: an element is about its integer, −127 … 127, times the scale of its row, or of its column.
///
/// Each scale follows from the largest element that it is for: the vector-wise quantisation of Dettmers et al. 2022,
/// "LLM.int8()", without its outliers kept apart. Of the two sides of a product, the rows or columns that are multiplied with
/// each other have to share a scale, so it depends on which product a matrix is for.
package final class Int8Matrix: @unchecked Sendable {
  // Sendable: written only while it is made.
  package let base: UnsafeMutablePointer<Int8>
  /// One for each row, or for each column; not a number where one of its elements is none, or is infinite.
  package let scales: [Float]
  private let storage: TensorStorage

  /// Each row with a scale of its own, so that no row depends on others.
  /// - Parameters:
  ///   - tensor: `[rows, columns]`.
  ///   - rows: some of its rows; nil for all.
  package init(_ tensor: Tensor, rows: Range<Int>? = nil) {
    let (rows, columns) = (rows ?? 0..<tensor.shape[0], tensor.shape[1])
    let (storage, base) = Self.memory(rows.count * columns)
    (self.storage, self.base) = (storage, base)
    scales = tensor.withUnsafe { values in
      let first = values + rows.lowerBound * columns
      return (0..<rows.count).map { Self.encode(first + $0 * columns, into: base + $0 * columns, count: columns) }
    }
  }

  /// Each column with a scale of its own: for products that sum over the rows.
  /// - Parameter tensor: `[rows, columns]`.
  package convenience init(columnsOf tensor: Tensor) {
    let (rows, columns) = (tensor.shape[0], tensor.shape[1])
    var bits = [UInt32](repeating: 0, count: columns)
    bits.withUnsafeMutableBufferPointer { bits in
      tensor.withUnsafe { values in
        for row in 0..<rows {
          let line = values + row * columns
          for i in 0..<columns { bits[i] = max(bits[i], Self.magnitude(line[i])) }
        }
      }
    }
    self.init(tensor, largestInColumns: bits)
  }

  /// A matrix in both ways, in two passes instead of four.
  /// - Parameter tensor: `[rows, columns]`.
  static func both(of tensor: Tensor) -> (byRow: Int8Matrix, byColumn: Int8Matrix) {
    var bits = [UInt32](repeating: 0, count: tensor.shape[1])
    let byRow = Int8Matrix(tensor, widening: &bits)
    return (byRow, Int8Matrix(tensor, largestInColumns: bits))
  }

  /// By rows; what their elements are beside the largest of their columns so far is noted on the way.
  private init(_ tensor: Tensor, widening largestInColumns: inout [UInt32]) {
    let (rows, columns) = (tensor.shape[0], tensor.shape[1])
    let (storage, base) = Self.memory(tensor.count)
    (self.storage, self.base) = (storage, base)
    scales = largestInColumns.withUnsafeMutableBufferPointer { bits in
      tensor.withUnsafe { values in
        (0..<rows).map { row in
          let line = values + row * columns
          var most: UInt32 = 0
          for i in 0..<columns {
            let magnitude = Self.magnitude(line[i])
            most = max(most, magnitude)
            bits[i] = max(bits[i], magnitude)
          }
          return Self.encode(line, into: base + row * columns, count: columns, largest: Float(bitPattern: most))
        }
      }
    }
  }

  /// By columns, whose largest magnitudes are known.
  private init(_ tensor: Tensor, largestInColumns bits: [UInt32]) {
    let (rows, columns) = (tensor.shape[0], tensor.shape[1])
    (storage, base) = Self.memory(tensor.count)
    let largest = bits.map { Float(bitPattern: $0) }
    scales = largest.map(Self.scale)
    largest.map(Self.factor).withUnsafeBufferPointer { [base] factors in
      tensor.withUnsafe { values in
        for row in 0..<rows {
          let (from, to) = (values + row * columns, base + row * columns)
          for i in 0..<columns { to[i] = Self.rounded(from[i] * factors[i]) }
        }
      }
    }
  }

  private static func memory(_ count: Int) -> (TensorStorage, UnsafeMutablePointer<Int8>) {
    let storage = TensorStorage(bytes: count)
    return (storage, UnsafeMutableRawPointer(storage.base).bindMemory(to: Int8.self, capacity: count))
  }

  /// Rounds a row, and returns its scale.
  private static func encode(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Int8>, count: Int
  ) -> Float {
    var bits: UInt32 = 0
    for i in 0..<count { bits = max(bits, magnitude(source[i])) }
    return encode(source, into: target, count: count, largest: Float(bitPattern: bits))
  }

  private static func encode(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Int8>, count: Int, largest: Float
  ) -> Float {
    let factor = factor(largest)
    for i in 0..<count { target[i] = rounded(source[i] * factor) }
    return scale(largest)
  }

  /// As whole numbers, magnitudes of floats are in their order, and what is not a number is above them all.
  @inline(__always)
  private static func magnitude(_ value: Float) -> UInt32 { value.bitPattern & 0x7FFF_FFFF }

  @inline(__always)
  private static func factor(_ largest: Float) -> Float { largest.isFinite && largest > 1e-30 ? 127 / largest : 0 }

  @inline(__always)
  private static func scale(_ largest: Float) -> Float { largest.isFinite ? largest / 127 : .nan }

  /// Added to 1.5 · 2²³, a small number is rounded to a whole one in the lowest bits.
  @inline(__always)
  private static func rounded(_ value: Float) -> Int8 {
    Int8(truncatingIfNeeded: Int32(bitPattern: (value + 12_582_912).bitPattern))
  }

  /// Makes of sums of int8 products, `[left scale, right scale]`, which are whole numbers of 32 bits, what they stand for.
  static func decode(_ sums: UnsafeMutablePointer<Float>, left: Int8Matrix, right: Int8Matrix) {
    let width = right.scales.count
    right.scales.withUnsafeBufferPointer { factors in
      for (row, scale) in left.scales.enumerated() {
        let line = sums + row * width
        for i in 0..<width { line[i] = Float(Int32(bitPattern: line[i].bitPattern)) * (scale * factors[i]) }
      }
    }
  }
}
