package import Storage
package import Synthesis

/// Reads a job that is a JSON object of plain values on one line.
package enum JSONLine {
  package typealias Fault = JSONReader.Fault

  /// The fields of the object, in order and with their doubles.
  package static func fields(_ line: ArraySlice<UInt8>) throws(Fault) -> [(name: String, value: FieldValue)] {
    try JSONReader.fields(line, expectation: "a job is an object: { … }").map { ($0.name, FieldValue($0.value)) }
  }
}

extension FieldValue {
  fileprivate init(_ value: JSONValue) {
    self =
      switch value {
      case .text(let text): .text(text)
      case .number(let digits): .number(digits)
      case .boolean(let flag): .boolean(flag)
      case .null: .null
      case .array, .object: .nested
      }
  }
}
