/// The checked header of a safetensors file: where the bytes of which tensor are.
struct SafetensorsHeader: Sendable {
  struct Entry: Sendable, Equatable {
    let name: String
    let type: SafetensorsElementType
    let shape: [Int]
    let elementCount: Int
    /// Offsets from the end of the header.
    let bytes: Range<Int>
  }

  /// In the order of their bytes.
  let entries: [Entry]
  let metadata: [String: String]

  /// Parses and checks a header.
  /// - Parameters:
  ///   - json: the header without its length.
  ///   - dataLength: the number of bytes that follow the header.
  ///   - path: what errors name.
  init(json: [UInt8], dataLength: Int, path: String) throws(SafetensorsError) {
    var parser = SafetensorsHeaderParser(json)
    do {
      try parser.parse()
    } catch {
      switch error {
      case .syntax(let offset, let reason):
        throw .malformedHeader(path: path, offset: offset, reason: reason)
      case .duplicate(let name):
        throw .duplicateName(path: path, name: name)
      }
    }
    var entries: [Entry] = []
    var end = 0
    let ordered = parser.tensors.sorted { ($0.begin, $0.end, $0.name) < ($1.begin, $1.end, $1.name) }
    for raw in ordered {
      let entry = try Self.checked(raw, path: path)
      guard entry.bytes.lowerBound == end else {
        throw .misplaced(path: path, name: entry.name, begin: entry.bytes.lowerBound, expected: end)
      }
      end = entry.bytes.upperBound
      entries.append(entry)
    }
    guard end == dataLength else { throw .wrongLength(path: path, byteCount: dataLength, expected: end) }
    self.entries = entries
    self.metadata = parser.metadata
  }

  private static func checked(
    _ raw: SafetensorsHeaderParser.RawTensor, path: String
  ) throws(SafetensorsError) -> Entry {
    guard let type = SafetensorsElementType(rawValue: raw.type) else {
      throw .unknownType(path: path, name: raw.name, type: raw.type)
    }
    let (byteCount, overflows) = raw.end.subtractingReportingOverflow(raw.begin)
    let elementCount = product(raw.shape)
    guard !overflows, byteCount >= 0, let elementCount, elementCount <= Int.max / type.byteCount,
      elementCount * type.byteCount == byteCount
    else {
      throw .sizeMismatch(path: path, name: raw.name, shape: raw.shape, type: raw.type, byteCount: byteCount)
    }
    return Entry(
      name: raw.name, type: type, shape: raw.shape, elementCount: elementCount, bytes: raw.begin..<raw.end)
  }

  private static func product(_ shape: [Int]) -> Int? {
    var product = 1
    for length in shape {
      let (next, overflows) = product.multipliedReportingOverflow(by: length)
      if overflows { return nil }
      product = next
    }
    return product
  }
}
