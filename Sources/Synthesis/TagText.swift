import Storage

/// The JSON of a clip's tags, which may come from anyone, with bounds for what one of its values may hold.
struct TagText {
  /// With long texts and lists cut.
  private(set) var json: String
  /// What was cut first, in one line; nil where nothing was.
  private(set) var excess: String?

  /// In bytes: prompts and charts of chords are no longer.
  static let longestText = 12_000
  /// Values of a list, and fields of an object: more than a clip can have.
  private static let mostValues = 2000

  /// - Parameter json: an object; else it stays as it is.
  init(_ json: String) {
    self.json = json
    guard let fields = try? JSONReader.fields(Array(json.utf8)[...]) else { return }
    let bounded = bounded(.object(fields), named: "the tags")
    if excess != nil { self.json = bounded.json }
  }

  private mutating func bounded(_ value: JSONValue, named name: String) -> JSONValue {
    switch value {
    case .text(let text):
      guard text.utf8.count > Self.longestText else { return value }
      tell("a text of \(text.utf8.count) bytes for \(name) is longer than \(Self.longestText), and cut")
      return .text(Self.beginning(of: text) + "…")
    case .array(let values):
      return .array(cut(values, named: name).map { bounded($0, named: name) })
    case .object(let fields):
      return .object(
        cut(fields, named: name).map { JSONField(name: $0.name, value: bounded($0.value, named: Self.quoted($0.name))) }
      )
    default: return value
    }
  }

  private mutating func cut<Value>(_ values: [Value], named name: String) -> ArraySlice<Value> {
    if values.count > Self.mostValues {
      tell("\(values.count) values of \(name) are more than \(Self.mostValues), and cut")
    }
    return values.prefix(Self.mostValues)
  }

  private mutating func tell(_ line: String) { excess = excess ?? line }

  /// As many characters as the bound has room for.
  private static func beginning(of text: String) -> String {
    String(decoding: text.utf8.prefix(longestText), as: UTF8.self)
  }

  /// A field's name, fit for a line.
  private static func quoted(_ name: String) -> String { VisibleText.of(name, limit: 40) }
}
