/// Any JSON value.
package enum JSONValue: Equatable, Sendable {
  case text(String)
  /// A number as it is written, so that none of its digits is lost.
  case number(String)
  case boolean(Bool)
  case null
  case array([JSONValue])
  /// In the order of the text, doubles and all.
  case object([JSONField])

  /// One line of JSON without spaces, the fields of objects ordered by name.
  package var json: String {
    switch self {
    case .text(let text): JSONText.quoted(text)
    case .number(let digits): digits
    case .boolean(let flag): "\(flag)"
    case .null: "null"
    case .array(let values): "[\(values.map(\.json).joined(separator: ","))]"
    case .object(let fields):
      "{\(fields.sorted { $0.name < $1.name }.map { "\(JSONText.quoted($0.name)):\($0.value.json)" }.joined(separator: ","))}"
    }
  }
}

/// One field of a JSON object.
package struct JSONField: Equatable, Sendable {
  package let name: String
  package let value: JSONValue

  package init(name: String, value: JSONValue) { (self.name, self.value) = (name, value) }
}

/// Text inside of JSON.
package enum JSONText {
  /// A text as a JSON string.
  package static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "\u{0}"..."\u{1F}": result += escape(UInt16(scalar.value))
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// JSON that says the same in ASCII, which everything keeps as it is.
  package static func ascii(_ json: String) -> String {
    json.utf16.map { $0 < 0x7F ? String(UnicodeScalar(UInt8($0))) : escape($0) }.joined()
  }

  /// A character as an escape, above the first 65,536 as two.
  static func escape(_ scalar: UnicodeScalar) -> String { String(scalar).utf16.map(escape).joined() }

  private static func escape(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
  }
}
