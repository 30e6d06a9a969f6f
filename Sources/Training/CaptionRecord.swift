import Foundation

/// The fields of one manifest line or one caption file, by name: strings as they are, other JSON values as JSON text.
struct CaptionRecord {
  var fields: [String: String]
  /// Further captions, as they stand under `wordingsField`.
  private var wordings: [String] = []

  /// Names under which data sets keep the words that describe a clip, most usual first.
  static let captionFields = ["text", "caption", "prompt"]
  /// A list under this name, or a string, says the same in other words.
  static let wordingsField = "captions"
  static let fileField = "file_name"
  /// An object under this name holds more labels, as those of `hiss corpus` do.
  static let labelsField = "labels"
  /// What a JSON record must be.
  static let rule = "not a JSON object whose file name and captions are strings"

  /// The captions, without white space around them, the main one first and none twice; none when there is no such field.
  var captions: [String] {
    let main = Self.captionFields.lazy.compactMap { fields[$0] }.first
    var seen: Set<String> = []
    return ([main].compactMap(\.self) + wordings).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      .filter { seen.insert($0).inserted }
  }

  /// All that is neither the caption nor the file's name.
  var labels: [String: String] {
    let captionField = Self.captionFields.first { fields[$0] != nil }
    return fields.filter { $0.key != Self.fileField && $0.key != captionField }
  }

  init(fields: [String: String]) {
    self.fields = fields
  }

  /// The fields of a JSON object, less those that are null; nil when `json` is not an object, or its file name or
  /// caption is not a string.
  init?(json: Data) {
    guard var object = try? JSONDecoder().decode([String: JSONValue].self, from: json) else { return nil }
    if case .object(let labels) = object[Self.labelsField] {
      object[Self.labelsField] = nil
      let reserved = Set(Self.captionFields + [Self.wordingsField, Self.fileField])
      object.merge(labels.filter { !reserved.contains($0.key) }) { own, _ in own }
    }
    if let listed = object.removeValue(forKey: Self.wordingsField) {
      guard let listed = listed.texts else { return nil }
      wordings = listed
    }
    fields = [:]
    for (name, value) in object {
      switch value {
      case .text(let text): fields[name] = text
      case .null: continue
      default:
        if name == Self.fileField || Self.captionFields.contains(name) { return nil }
        fields[name] = value.json
      }
    }
  }
}

/// Any JSON value.
private enum JSONValue: Codable {
  case text(String)
  case integer(Int)
  case number(Double)
  case bool(Bool)
  case null
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if container.decodeNil() {
      self = .null
    } else if let integer = try? container.decode(Int.self) {
      self = .integer(integer)
    } else if let number = try? container.decode(Double.self) {
      self = .number(number)
    } else if let bool = try? container.decode(Bool.self) {
      self = .bool(bool)
    } else if let array = try? container.decode([JSONValue].self) {
      self = .array(array)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .text(let text): try container.encode(text)
    case .integer(let integer): try container.encode(integer)
    case .number(let number): try container.encode(number)
    case .bool(let bool): try container.encode(bool)
    case .null: try container.encodeNil()
    case .array(let array): try container.encode(array)
    case .object(let object): try container.encode(object)
    }
  }

  /// A string, the strings of a list of nothing else, or none for null; nil for any other value.
  var texts: [String]? {
    switch self {
    case .text(let text): return [text]
    case .null: return []
    case .array(let values):
      let texts = values.compactMap { value -> String? in
        guard case .text(let text) = value else { return nil }
        return text
      }
      return texts.count == values.count ? texts : nil
    default: return nil
    }
  }

  var json: String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }
}
