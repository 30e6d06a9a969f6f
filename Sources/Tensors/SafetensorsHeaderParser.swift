/// Reads the JSON of a safetensors header, and no other JSON.
///
/// A general JSON reader would keep the last of two equal names and take 1.0 or true for a number; here both are
/// refused. Nothing recurses, so that no input is too deep.
struct SafetensorsHeaderParser {
  struct RawTensor {
    var name: String
    var type: String
    var shape: [Int]
    var begin: Int
    var end: Int
  }

  enum Failure: Error {
    case syntax(offset: Int, reason: String)
    case duplicate(name: String)
  }

  /// Twice as many as any program's tensors have.
  private static let mostDimensions = 64
  /// A hundred times as many as a file of weights has.
  private static let mostTensors = 1 << 17

  private(set) var tensors: [RawTensor] = []
  private(set) var metadata: [String: String] = [:]
  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  mutating func parse() throws(Failure) {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw failure("text that is not UTF-8") }
    var names: Set<String> = []
    try members { (parser, name) throws(Failure) in
      guard names.insert(name).inserted else { throw .duplicate(name: name) }
      if name == "__metadata__" { try parser.parseMetadata() } else { try parser.parseTensor(name) }
    }
    skipWhitespace()
    guard index == bytes.count else { throw failure("something after the closing brace") }
  }

  private mutating func parseMetadata() throws(Failure) {
    try members { (parser, key) throws(Failure) in
      guard parser.metadata[key] == nil else { throw .duplicate(name: key) }
      parser.metadata[key] = try parser.string()
    }
  }

  private mutating func parseTensor(_ name: String) throws(Failure) {
    var type: String?
    var shape: [Int]?
    var offsets: [Int]?
    try members { (parser, field) throws(Failure) in
      switch field {
      case "dtype" where type == nil: type = try parser.string()
      case "shape" where shape == nil: shape = try parser.integers()
      case "data_offsets" where offsets == nil: offsets = try parser.integers()
      case "dtype", "shape", "data_offsets": throw .duplicate(name: field)
      default: throw parser.failure("the unknown field \(field.debugDescription)")
      }
    }
    guard let type, let shape, let offsets, offsets.count == 2 else {
      throw failure("no dtype, shape and pair of data_offsets for \(name.debugDescription)")
    }
    guard tensors.count < Self.mostTensors else { throw failure("more than \(Self.mostTensors) tensors") }
    tensors.append(RawTensor(name: name, type: type, shape: shape, begin: offsets[0], end: offsets[1]))
  }

  /// Reads an object, calling `body` after each name and colon.
  private mutating func members(
    _ body: (inout SafetensorsHeaderParser, String) throws(Failure) -> Void
  ) throws(Failure) {
    try expect("{")
    if take("}") { return }
    repeat {
      let name = try string()
      try expect(":")
      try body(&self, name)
    } while take(",")
    try expect("}")
  }

  private mutating func integers() throws(Failure) -> [Int] {
    try expect("[")
    var values: [Int] = []
    if take("]") { return values }
    repeat {
      guard values.count < Self.mostDimensions else { throw failure("more than \(Self.mostDimensions) dimensions") }
      values.append(try integer())
    } while take(",")
    try expect("]")
    return values
  }

  private mutating func integer() throws(Failure) -> Int {
    skipWhitespace()
    let start = index
    while index < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[index] { index += 1 }
    let digits = bytes[start..<index]
    guard !digits.isEmpty, digits.count == 1 || digits.first != UInt8(ascii: "0") else {
      throw failure("no whole number")
    }
    guard let value = Int(String(decoding: digits, as: UTF8.self)) else { throw failure("a number too large") }
    return value
  }

  private mutating func string() throws(Failure) -> String {
    try expect("\"")
    var content: [UInt8] = []
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch byte {
      case UInt8(ascii: "\""): return String(decoding: content, as: UTF8.self)
      case UInt8(ascii: "\\"): content.append(contentsOf: try escape().utf8)
      case 0..<0x20: throw failure("a control character")
      default: content.append(byte)
      }
    }
    throw failure("the end within a string")
  }

  private mutating func escape() throws(Failure) -> String {
    guard index < bytes.count else { throw failure("the end within a string") }
    let byte = bytes[index]
    index += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return String(UnicodeScalar(byte))
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try unicodeEscape()
    default: throw failure("an unknown escape")
    }
  }

  private mutating func unicodeEscape() throws(Failure) -> String {
    var units = [try hexadecimalUnit()]
    if UTF16.isLeadSurrogate(units[0]), index + 1 < bytes.count, bytes[index] == UInt8(ascii: "\\"),
      bytes[index + 1] == UInt8(ascii: "u")
    {
      index += 2
      units.append(try hexadecimalUnit())
    }
    guard let text = String(validating: units, as: UTF16.self) else { throw failure("half a surrogate pair") }
    return text
  }

  private mutating func hexadecimalUnit() throws(Failure) -> UInt16 {
    guard index + 4 <= bytes.count else { throw failure("the end within a string") }
    var value: UInt16 = 0
    for byte in bytes[index..<index + 4] {
      guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else {
        throw failure("no hexadecimal digit")
      }
      value = value << 4 | UInt16(digit)
    }
    index += 4
    return value
  }

  private mutating func skipWhitespace() {
    while index < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[index]) { index += 1 }
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipWhitespace()
    guard index < bytes.count, bytes[index] == UInt8(ascii: character) else { return false }
    index += 1
    return true
  }

  private mutating func expect(_ character: Unicode.Scalar) throws(Failure) {
    guard take(character) else { throw failure("no \"\(character)\"") }
  }

  private func failure(_ reason: String) -> Failure {
    .syntax(offset: index, reason: reason)
  }
}
