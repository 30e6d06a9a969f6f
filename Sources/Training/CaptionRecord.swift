import Foundation
import Storage

/// The fields of one manifest line or one caption file, by name: strings as they are,
/// other JSON values as JSON text, with their numbers as they are written.
struct CaptionRecord {
  var fields: [String: String]
  /// Further captions, as they stand under `wordingsField`.
  private var wordings: [String] = []

  /// Names under which data sets keep the words that describe a clip, most usual first.
  static let captionFields = ["text", "caption", "prompt", "description"]
  /// A list under this name, or a string, says the same in other words.
  static let wordingsField = "captions"
  static let fileField = "file_name"

  /// A field's name as a header of a table has it: capitals, spaces around it and "File Name" or "filename" for `file_name`
  /// are ways of writing for those that are known; others are kept as they are.
  static func fieldName(_ header: String) -> String {
    let name = header.trimmingCharacters(in: .whitespacesAndNewlines)
    let plain = name.lowercased().replacingOccurrences(of: " ", with: "_").replacingOccurrences(of: "-", with: "_")
    if plain == fileField || plain == "filename" { return fileField }
    return captionFields.contains(plain) ? plain : knownLabels[plain] ?? name
  }

  /// Labels that training understands, in small letters and as it writes them.
  private static let knownLabels = [
    "tempo": "tempo", "midi": "midi", "time_signature": "timeSignature", "timesignature": "timeSignature",
  ]
  /// An object under this name holds more labels, as those of `hiss corpus` do.
  static let labelsField = "labels"

  /// The field that the main caption stands in: of several the first one that says something.
  private var captionField: String? {
    let present = Self.captionFields.filter { fields[$0] != nil }
    return present.first { fields[$0]?.allSatisfy(\.isWhitespace) == false } ?? present.first
  }

  /// The captions, without white space around them, the main one first and none twice; none when there is no such field.
  var captions: [String] {
    let main = captionField.flatMap { fields[$0] }
    var seen: Set<String> = []
    return ([main].compactMap(\.self) + wordings).map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
      .filter { seen.insert($0).inserted }
  }

  /// All that is neither the caption nor the file's name.
  var labels: [String: String] {
    let captionField = captionField
    return fields.filter { $0.key != Self.fileField && $0.key != captionField }
  }

  init(fields: [String: String]) {
    self.fields = fields
  }

  /// Why a text is no record.
  struct Fault: Error, Equatable {
    let reason: String
  }

  /// The fields of a JSON object, less those that are null.
  /// - Throws: when `json` is not an object, says something twice, or its file name or a caption is not a string.
  init(json: some Sequence<UInt8>) throws(Fault) {
    var content = ArraySlice(json)
    if content.starts(with: [0xEF, 0xBB, 0xBF]) { content = content.dropFirst(3) }
    let read: [JSONField]
    do {
      read = try JSONReader.fields(content)
    } catch {
      throw Fault(reason: "not a JSON object: byte \(error.column): \(error.reason)")
    }
    var object: [String: JSONValue] = [:]
    for field in read {
      let usual = Self.fieldName(field.name)
      guard object.updateValue(field.value, forKey: object[usual] == nil ? usual : field.name) == nil else {
        throw Fault(reason: "the field \(JSONText.ascii(JSONText.quoted(field.name))) is there twice")
      }
    }
    if case .object(let labels) = object[Self.labelsField] {
      object[Self.labelsField] = nil
      let reserved = Set(Self.captionFields + [Self.wordingsField, Self.fileField])
      for label in labels where !reserved.contains(label.name) && object[label.name] == nil {
        object[label.name] = label.value
      }
    }
    if let listed = object.removeValue(forKey: Self.wordingsField) { wordings = try Self.texts(listed) }
    fields = [:]
    for (name, value) in object where value != .null {
      if case .text(let text) = value {
        fields[name] = text
      } else {
        guard name != Self.fileField, !Self.captionFields.contains(name) else { throw Self.notText }
        fields[name] = value.json
      }
    }
  }

  private static let notText = Fault(reason: "the file name and the captions have to be strings")

  /// A string, the strings of a list of nothing else, or none for null.
  private static func texts(_ value: JSONValue) throws(Fault) -> [String] {
    switch value {
    case .text(let text): return [text]
    case .null: return []
    case .array(let values):
      return try values.map { value throws(Fault) in
        guard case .text(let text) = value else { throw notText }
        return text
      }
    default: throw notText
    }
  }
}
