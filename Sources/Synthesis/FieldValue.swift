/// The value of one field of a job, before anyone knows what it should be.
package enum FieldValue: Equatable, Sendable {
  case text(String)
  /// A number as it is written, so that no digit of a seed is lost.
  case number(String)
  case boolean(Bool)
  case null
  /// An object or an array, which no field takes.
  case nested
  /// From a place that knows no types: a CSV or the command line.
  case untyped(String)
}

/// Why a field's value cannot be taken, in a few words.
package struct FieldProblem: Error, Equatable, Sendable {
  package let reason: String

  package init(reason: String) { self.reason = reason }
}

extension FieldValue {
  package var asText: String {
    get throws(FieldProblem) {
      switch self {
      case .text(let text), .untyped(let text): text
      default: throw FieldProblem(reason: "wants text, not \(kind)")
      }
    }
  }

  package var asNumber: Double {
    get throws(FieldProblem) {
      guard let number = Double(try digits), number.isFinite else { throw FieldProblem(reason: "wants a number") }
      return number
    }
  }

  /// One number, or several as text: "1.5, 4".
  package var asNumbers: [Double] {
    get throws(FieldProblem) {
      switch self {
      case .text(let list), .untyped(let list): try Self.numbers(list)
      default: [try asNumber]
      }
    }
  }

  private static func numbers(_ list: String) throws(FieldProblem) -> [Double] {
    var numbers: [Double] = []
    for word in list.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isWhitespace }) {
      numbers.append(try FieldValue.untyped(String(word)).asNumber)
    }
    guard !numbers.isEmpty else { throw FieldProblem(reason: "wants a number") }
    return numbers
  }

  package var asFlag: Bool {
    get throws(FieldProblem) {
      switch self {
      case .boolean(let flag): return flag
      case .untyped(let text):
        let word = text.trimmingBlanks.lowercased()
        if Self.yes.contains(word) { return true }
        if Self.no.contains(word) { return false }
      default: break
      }
      throw FieldProblem(reason: "wants true or false")
    }
  }

  /// What spreadsheets make of true and false, in English, German, French, Spanish and Italian.
  private static let yes: Set<String> = [
    "true", "yes", "1", "x", "wahr", "ja", "vrai", "oui", "verdadero", "sí", "si", "vero", "sì",
  ]
  private static let no: Set<String> = ["false", "no", "0", "falsch", "nein", "faux", "non", "falso"]

  package func asInteger<Integer: FixedWidthInteger>(_ type: Integer.Type) throws(FieldProblem) -> Integer {
    let digits = try digits
    if case .untyped = self, Self.mayBeThousands(digits) {
      throw FieldProblem(
        reason: "wants a whole number, and \(digits) may be two: write it without a point or a comma between thousands")
    }
    guard let number = Integer(Self.withoutEmptyFraction(digits)) else {
      let range = Integer.isSigned ? "a whole number" : "a whole number from 0 to \(Integer.max)"
      throw FieldProblem(reason: "wants \(range), not \(digits)")
    }
    return number
  }

  /// "8.0" is 8: a table whose column has an empty value somewhere has its whole numbers so.
  private static func withoutEmptyFraction(_ digits: String) -> Substring {
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    let isEmpty = parts.count == 2 && !parts[1].isEmpty && parts[1].allSatisfy { $0 == "0" }
    return isEmpty ? parts[0] : digits[...]
  }

  /// Whether a number is written as 1.000, which is one to some tables and a thousand to others.
  private static func mayBeThousands(_ digits: String) -> Bool {
    let groups = digits.split(separator: ".", omittingEmptySubsequences: false)
    return groups.count > 1 && (1...3).contains(groups[0].count)
      && groups.dropFirst().allSatisfy { $0.count == 3 && $0.allSatisfy(\.isNumber) }
  }

  /// The number as written, in decimal.
  private var digits: String {
    get throws(FieldProblem) {
      switch self {
      case .number(let text):
        guard text.utf8.count <= 64 else { throw FieldProblem(reason: "wants a shorter number") }
        return text
      case .untyped(let text):
        var digits = text.trimmingBlanks.replacing("\u{2212}", with: "-")
        // A decimal comma; with a full stop beside it, or a second one, it may be anything.
        if !digits.contains("."), digits.count(where: { $0 == "," }) == 1 { digits = digits.replacing(",", with: ".") }
        // Swift would also take "nan", "inf" and hexadecimal numbers.
        guard digits.utf8.count <= 64, !digits.isEmpty, digits.utf8.allSatisfy({ "0123456789+-.eE".utf8.contains($0) })
        else { throw FieldProblem(reason: "wants a number") }
        return digits
      default: throw FieldProblem(reason: "wants a number, not \(kind)")
      }
    }
  }

  private var kind: String {
    switch self {
    case .text: "text"
    case .number: "a number"
    case .boolean: "true or false"
    case .null: "null"
    case .nested: "an object or a list"
    case .untyped: "this"
    }
  }
}

extension String {
  /// The text without blanks around it, such as spreadsheets put before numbers.
  package var trimmingBlanks: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
