/// Refuses fields that are not known, so that a misspelt one is not left out in silence.
enum StrictJSON {
  private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  /// - Throws: `DecodingError` that names the field.
  static func check(_ decoder: any Decoder, knows names: [String]) throws {
    let container = try decoder.container(keyedBy: Key.self)
    for key in container.allKeys where !names.contains(key.stringValue) {
      throw DecodingError.dataCorrupted(
        .init(
          codingPath: [],
          debugDescription: "\(key.stringValue.prefix(60)) is no field; there are \(names.joined(separator: ", "))"))
    }
  }
}

/// A body all of whose fields are known.
struct Strict<Value: Decodable & Sendable>: Decodable, Sendable where Value: KnownFields {
  let value: Value

  init(from decoder: any Decoder) throws {
    try StrictJSON.check(decoder, knows: Value.fieldNames)
    value = try Value(from: decoder)
  }
}

/// What says which fields it has.
protocol KnownFields {
  static var fieldNames: [String] { get }
}

extension JobRequest: KnownFields {
  static var fieldNames: [String] { CodingKeys.allCases.map(\.rawValue) }
}
