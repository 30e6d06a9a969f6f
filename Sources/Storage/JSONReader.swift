/// Reads a JSON object (RFC 8259): its fields in order and with their doubles, and its numbers as they are written.
///
/// Foundation's decoder keeps one of two fields of the same name, rounds numbers, and knows no columns.
package struct JSONReader {
  /// What breaks the format, and at which byte of the text (from 1).
  package struct Fault: Error, Equatable, Sendable {
    package let column: Int
    package let reason: String

    package init(column: Int, reason: String) { (self.column, self.reason) = (column, reason) }
  }

  private let bytes: ArraySlice<UInt8>
  private var position: Int
  /// Objects and lists in one another that are read; what lies deeper is refused.
  private static let deepest = 32

  private init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    position = bytes.startIndex
  }

  /// The fields of the object that is all of the text.
  /// - Parameter expectation: what is said of a text that begins with anything else.
  package static func fields(
    _ text: ArraySlice<UInt8>, expectation: String = "an object is missing: { … }"
  ) throws(Fault) -> [JSONField] {
    var reader = JSONReader(text)
    reader.skipSpace()
    guard reader.peek == UInt8(ascii: "{") else { throw reader.fault(expectation) }
    let fields = try reader.object(depth: 0)
    reader.skipSpace()
    guard reader.peek == nil else { throw reader.fault("more text after the object") }
    return fields
  }

  private mutating func object(depth: Int) throws(Fault) -> [JSONField] {
    position += 1
    var fields: [JSONField] = []
    skipSpace()
    if take("}") { return [] }
    repeat {
      skipSpace()
      guard peek == UInt8(ascii: "\"") else { throw fault("the name of a field, in quotes, is missing") }
      let name = try string()
      skipSpace()
      try expect(":", or: "a colon is missing")
      fields.append(JSONField(name: name, value: try value(depth: depth)))
      skipSpace()
    } while take(",")
    try expect("}", or: "a comma or the closing brace is missing")
    return fields
  }

  private mutating func array(depth: Int) throws(Fault) -> [JSONValue] {
    position += 1
    var values: [JSONValue] = []
    skipSpace()
    if take("]") { return [] }
    repeat {
      values.append(try value(depth: depth))
      skipSpace()
    } while take(",")
    try expect("]", or: "a comma or the closing bracket is missing")
    return values
  }

  /// - Parameter depth: how many objects and lists of the outermost object are open.
  private mutating func value(depth: Int) throws(Fault) -> JSONValue {
    skipSpace()
    guard let first = peek else { throw fault("a value is missing") }
    switch first {
    case UInt8(ascii: "\""): return .text(try string())
    case UInt8(ascii: "{"), UInt8(ascii: "["):
      guard depth < Self.deepest else { throw fault("nested too deep") }
      return first == UInt8(ascii: "{")
        ? .object(try object(depth: depth + 1)) : .array(try array(depth: depth + 1))
    case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number(try number())
    default:
      for (word, value) in [("true", JSONValue.boolean(true)), ("false", .boolean(false)), ("null", .null)]
      where bytes[position...].starts(with: word.utf8) {
        position += word.utf8.count
        return value
      }
      throw fault("this is no JSON value")
    }
  }

  private mutating func number() throws(Fault) -> String {
    let start = position
    _ = take("-")
    if !take("0") { try digits() }
    if take(".") { try digits() }
    if take("e") || take("E") {
      if !take("+") { _ = take("-") }
      try digits()
    }
    return String(decoding: bytes[start..<position], as: UTF8.self)
  }

  private mutating func digits() throws(Fault) {
    let start = position
    while let byte = peek, byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") { position += 1 }
    guard position > start else { throw fault("a digit is missing") }
  }

  private mutating func string() throws(Fault) -> String {
    let start = position
    position += 1
    var content: [UInt8] = []
    while let byte = peek {
      position += 1
      switch byte {
      case UInt8(ascii: "\""):
        guard let text = String(validating: content, as: UTF8.self) else {
          position = start
          throw fault("this text is not UTF-8")
        }
        return text
      case UInt8(ascii: "\\"): try escape(into: &content)
      case 0..<0x20:
        position -= 1
        throw fault("a control character inside of text")
      default: content.append(byte)
      }
    }
    position = start
    throw fault("a quote is never closed")
  }

  private mutating func escape(into content: inout [UInt8]) throws(Fault) {
    guard let byte = peek else { throw fault("an escape is cut short") }
    position += 1
    let plain: [UInt8: UInt8] = [
      UInt8(ascii: "\""): 0x22, UInt8(ascii: "\\"): 0x5C, UInt8(ascii: "/"): 0x2F, UInt8(ascii: "b"): 8,
      UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
    ]
    if let meant = plain[byte] {
      content.append(meant)
      return
    }
    guard byte == UInt8(ascii: "u") else { throw fault("an unknown escape") }
    var code = try hexadecimal()
    if (0xD800..<0xDC00).contains(code), take("\\"), take("u") {
      let low = try hexadecimal()
      guard (0xDC00..<0xE000).contains(low) else { throw fault("half of a surrogate pair") }
      code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
    }
    guard let scalar = UnicodeScalar(code) else { throw fault("half of a surrogate pair") }
    content.append(contentsOf: Array(String(scalar).utf8))
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    let digits = bytes[position...].prefix(4)
    let isHexadecimal = digits.allSatisfy { $0 < 0x80 && Character(UnicodeScalar($0)).isHexDigit }
    guard digits.count == 4, isHexadecimal, let code = UInt32(String(decoding: digits, as: UTF8.self), radix: 16)
    else { throw fault("\\u wants four hexadecimal digits") }
    position += 4
    return code
  }

  private var peek: UInt8? { position < bytes.endIndex ? bytes[position] : nil }

  private mutating func take(_ character: Character) -> Bool {
    guard peek == character.asciiValue else { return false }
    position += 1
    return true
  }

  private mutating func expect(_ character: Character, or reason: String) throws(Fault) {
    guard take(character) else { throw fault(reason) }
  }

  private mutating func skipSpace() {
    while let byte = peek, [0x20, 0x09, 0x0A, 0x0D].contains(byte) { position += 1 }
  }

  private func fault(_ reason: String) -> Fault { Fault(column: position - bytes.startIndex + 1, reason: reason) }
}
