/// A matrix that stays in its file: of a table of words, a text needs some rows only.
///
/// The file stays mapped as long as the value lives.
public struct SafetensorsRows: Sendable {
  public let rowCount, width: Int
  private let file: SafetensorsFile
  private let name: String

  /// - Parameter shape: `[rows, width]`, which the tensor must have.
  /// - Throws: `noSuchTensor` or `wrongShape`.
  public init(_ file: SafetensorsFile, named name: String, shape: (rows: Int, width: Int)) throws(SafetensorsError) {
    (rowCount, width) = shape
    (self.file, self.name) = (file, name)
    try file.check(name, shape: [rowCount, width])
  }

  /// Some rows in this order, `[indices.count, width]`.
  public func callAsFunction(_ indices: [Int]) -> Tensor {
    var rows = Tensor(uninitialized: [indices.count, width])
    rows.withUnsafeMutable { output in
      for (place, index) in indices.enumerated() {
        precondition((0..<rowCount).contains(index), "row \(index) of \(rowCount)")
        file.convert(name, from: index * width, count: width, into: output + place * width)
      }
    }
    return rows
  }

  /// Whether no element is infinite or not a number.
  public var isFinite: Bool {
    // As many rows at a time as a processor keeps at hand.
    let step = max(1, 32_768 / max(1, width))
    return stride(from: 0, to: rowCount, by: step).allSatisfy { self(Array($0..<min($0 + step, rowCount))).isFinite }
  }
}
