/// A matrix of half-precision features in a mapped file.
struct FeatureRows: @unchecked Sendable {
  // Sendable: the rows are never written, and the segment, kept alive here, owns the memory.
  let rowCount: Int
  let width: Int
  /// The stable hash of the values.
  let hash: UInt64
  private let base: UnsafePointer<Float16>
  private let owner: FeatureSegment

  init(rowCount: Int, width: Int, hash: UInt64, base: UnsafePointer<Float16>, owner: FeatureSegment) {
    self.rowCount = rowCount
    self.width = width
    self.hash = hash
    self.base = base
    self.owner = owner
  }

  /// Converts `count` rows from row `first` on; the loop compiles to vcvtph2ps.
  func copy(from first: Int, count: Int, into destination: UnsafeMutablePointer<Float>) {
    precondition(
      first >= 0 && count >= 0 && first + count <= rowCount, "rows \(first)..<\(first + count) of \(rowCount)")
    let source = base + first * width
    for index in 0..<count * width { destination[index] = Float(source[index]) }
  }

  /// All rows as they are stored.
  var stored: UnsafeBufferPointer<Float16> { UnsafeBufferPointer(start: base, count: rowCount * width) }
}
