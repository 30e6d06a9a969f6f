public import Foundation

/// JSON as the library's journal and the studio's pages have it: times are ISO 8601 in UTC, with milliseconds.
public enum LibraryJSON {
  /// Keys in order, so that the same value gives the same text.
  public static var encoder: JSONEncoder {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    encoder.dateEncodingStrategy = .custom { date, encoder in
      var container = encoder.singleValueContainer()
      try container.encode(date.formatted(style))
    }
    return encoder
  }

  public static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
    decoder.dateDecodingStrategy = .custom { decoder in
      let container = try decoder.singleValueContainer()
      let text = try container.decode(String.self)
      guard let date = (try? style.parse(text)) ?? (try? Date.ISO8601FormatStyle().parse(text)) else {
        throw DecodingError.dataCorruptedError(in: container, debugDescription: "no time: \(text)")
      }
      return date
    }
    return decoder
  }

  private static var style: Date.ISO8601FormatStyle { Date.ISO8601FormatStyle(includingFractionalSeconds: true) }

  /// One line of JSON. Values of the library can always be encoded.
  static func text(_ value: some Encodable) -> String {
    (try? encoder.encode(value)).map { String(decoding: $0, as: UTF8.self) } ?? "null"
  }

  static func value<Value: Decodable>(_ text: String, as type: Value.Type = Value.self) -> Value? {
    try? decoder.decode(type, from: Data(text.utf8))
  }

  /// A list of texts; most are empty.
  static func list(_ text: String) -> [String] { text == "[]" ? [] : value(text) ?? [] }
}
