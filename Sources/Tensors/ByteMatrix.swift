/// A matrix rounded to bytes: an element is about its byte, −127 … 127, times the scale of its row.
///
/// A row's scale follows from its largest element alone, so that no row depends on others: the vector-wise quantisation of
/// Dettmers et al. 2022, "LLM.int8()", without its outliers kept apart.
package final class ByteMatrix: @unchecked Sendable {
  // Sendable: written only while it is made.
  package let base: UnsafeMutablePointer<Int8>
  /// One for each row; not a number where an element of the row is none, or is infinite.
  package let scales: [Float]
  private let storage: TensorStorage

  /// - Parameters:
  ///   - tensor: `[rows, columns]`.
  ///   - rows: some of its rows; nil for all.
  package init(_ tensor: Tensor, rows: Range<Int>? = nil) {
    let (rows, columns) = (rows ?? 0..<tensor.shape[0], tensor.shape[1])
    let count = rows.count * columns
    storage = TensorStorage(count: (count + 3) / 4)
    let base = UnsafeMutableRawPointer(storage.base).bindMemory(to: Int8.self, capacity: count)
    self.base = base
    scales = tensor.withUnsafe { values in
      let first = values + rows.lowerBound * columns
      return (0..<rows.count).map { Self.encode(first + $0 * columns, into: base + $0 * columns, count: columns) }
    }
  }

  /// Rounds a row, and returns its scale.
  private static func encode(
    _ source: UnsafePointer<Float>, into target: UnsafeMutablePointer<Int8>, count: Int
  ) -> Float {
    // As whole numbers, magnitudes of floats are in their order, and what is not a number is above them all.
    var bits: UInt32 = 0
    for i in 0..<count { bits = max(bits, source[i].bitPattern & 0x7FFF_FFFF) }
    let largest = Float(bitPattern: bits)
    let factor = largest.isFinite && largest > 1e-30 ? 127 / largest : 0
    // Added to 1.5 · 2²³, a small number is rounded to a whole one in the lowest bits.
    for i in 0..<count {
      let rounded = (source[i] * factor + 12_582_912).bitPattern
      target[i] = Int8(truncatingIfNeeded: Int32(bitPattern: rounded))
    }
    return largest.isFinite ? largest / 127 : .nan
  }

  /// Turns sums of products of bytes, `[left row, right row]`, which are whole numbers of 32 bits, into what they stand for.
  static func decode(_ sums: UnsafeMutablePointer<Float>, left: ByteMatrix, right: ByteMatrix) {
    let width = right.scales.count
    right.scales.withUnsafeBufferPointer { factors in
      for (row, scale) in left.scales.enumerated() {
        let line = sums + row * width
        for i in 0..<width { line[i] = Float(Int32(bitPattern: line[i].bitPattern)) * (scale * factors[i]) }
      }
    }
  }
}
