/// The element types of safetensors files that can be read as `Float`.
///
/// Whole numbers beyond 2²⁴ and 64-bit floats are rounded to the nearest `Float`. Files and machines are little-endian.
public enum SafetensorsElementType: String, Sendable, CaseIterable {
  case float64 = "F64"
  case float32 = "F32"
  case float16 = "F16"
  case bfloat16 = "BF16"
  case int64 = "I64"
  case int32 = "I32"
  case int16 = "I16"
  case int8 = "I8"
  case uint8 = "U8"
  case bool = "BOOL"

  /// The number of bytes of one element.
  public var byteCount: Int {
    switch self {
    case .float64, .int64: 8
    case .float32, .int32: 4
    case .float16, .bfloat16, .int16: 2
    case .int8, .uint8, .bool: 1
    }
  }

  /// Converts `count` elements, which may lie at any address, to `Float`.
  func convert(_ bytes: UnsafeRawPointer, count: Int, into output: UnsafeMutablePointer<Float>) {
    switch self {
    case .float32: UnsafeMutableRawPointer(output).copyMemory(from: bytes, byteCount: 4 * count)
    case .float64: Self.convert(bytes, count, output) { (value: Double) in Float(value) }
    case .float16: Self.convert(bytes, count, output) { (value: UInt16) in Float(Float16(bitPattern: value)) }
    case .bfloat16: Self.convert(bytes, count, output) { (value: UInt16) in Float(bitPattern: UInt32(value) << 16) }
    case .int64: Self.convert(bytes, count, output) { (value: Int64) in Float(value) }
    case .int32: Self.convert(bytes, count, output) { (value: Int32) in Float(value) }
    case .int16: Self.convert(bytes, count, output) { (value: Int16) in Float(value) }
    case .int8: Self.convert(bytes, count, output) { (value: Int8) in Float(value) }
    case .uint8: Self.convert(bytes, count, output) { (value: UInt8) in Float(value) }
    case .bool: Self.convert(bytes, count, output) { (value: UInt8) in value == 0 ? 0 : 1 }
    }
  }

  @inline(__always)
  private static func convert<Element: BitwiseCopyable>(
    _ bytes: UnsafeRawPointer, _ count: Int, _ output: UnsafeMutablePointer<Float>, _ value: (Element) -> Float
  ) {
    for index in 0..<count {
      output[index] = value(
        bytes.loadUnaligned(fromByteOffset: index * MemoryLayout<Element>.stride, as: Element.self))
    }
  }
}
