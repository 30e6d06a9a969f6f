import Foundation

/// The bytes of a safetensors file.
enum SafetensorsWriter {
  /// The header with its length in front, padded with spaces so that the tensors begin at a multiple of 8 bytes.
  static func header(
    _ tensors: [(name: String, shape: [Int], format: Safetensors.Format)], _ metadata: [String: String]
  ) -> Data {
    var names: Set<String> = ["__metadata__"]
    var members: [String] = []
    if !metadata.isEmpty {
      let pairs = metadata.sorted { $0.key < $1.key }.map { "\(quoted($0.key)):\(quoted($0.value))" }
      members.append("\"__metadata__\":{\(pairs.joined(separator: ","))}")
    }
    var begin = 0
    for (name, shape, format) in tensors {
      precondition(names.insert(name).inserted, "the name \(name.debugDescription) is taken")
      let end = begin + shape.reduce(1, *) * format.byteCount
      let lengths = shape.map(String.init).joined(separator: ",")
      members.append(
        "\(quoted(name)):{\"dtype\":\"\(format.rawValue)\",\"shape\":[\(lengths)],\"data_offsets\":[\(begin),\(end)]}")
      begin = end
    }
    var json = Data("{\(members.joined(separator: ","))}".utf8)
    json.append(Data(repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8))
    return withUnsafeBytes(of: UInt64(json.count).littleEndian) { Data($0) } + json
  }

  /// Calls `body` with the bytes of a tensor, piece by piece, so that a large one need not be in memory twice.
  static func forEachChunk(
    of tensor: Tensor, as format: Safetensors.Format, _ body: (Data) throws -> Void
  ) throws {
    let chunk = 1 << 18
    try tensor.withUnsafe { values in
      for start in stride(from: 0, to: tensor.count, by: chunk) {
        let count = min(chunk, tensor.count - start)
        let source = values + start
        switch format {
        case .float32: try body(Data(bytes: source, count: 4 * count))
        case .float16: try body(words(source, count) { Float16($0).bitPattern.littleEndian })
        case .bfloat16: try body(words(source, count) { bfloat16($0).littleEndian })
        case .uint8: try body(words(source, count, byte))
        }
      }
    }
  }

  /// The upper half of the bits, rounded to nearest, ties to even; NaN stays NaN.
  @inline(__always)
  private static func bfloat16(_ value: Float) -> UInt16 {
    let bits = value.bitPattern
    let rounded = (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16
    return value.isNaN ? UInt16(bits >> 16) | 0x40 : UInt16(truncatingIfNeeded: rounded)
  }

  @inline(__always)
  private static func byte(_ value: Float) -> UInt8 {
    value > 0 ? UInt8(min(value.rounded(.toNearestOrEven), 255)) : 0
  }

  @inline(__always)
  private static func words<Word: FixedWidthInteger>(
    _ source: UnsafePointer<Float>, _ count: Int, _ convert: (Float) -> Word
  ) -> Data {
    let words = [Word](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      for index in 0..<count { buffer[index] = convert(source[index]) }
      initializedCount = count
    }
    return words.withUnsafeBytes { Data($0) }
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{0}"..<" ":
        quoted +=
          "\\u" + String(repeating: "0", count: scalar.value < 16 ? 3 : 2)
          + String(scalar.value, radix: 16)
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
