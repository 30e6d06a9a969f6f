/// A value that follows from others and is kept so that it is found once: any two are equal, and none is stored.
struct Remembered<Value: Sendable>: Equatable, Sendable {
  var value: Value?

  init(_ value: Value?) { self.value = value }

  static func == (left: Remembered, right: Remembered) -> Bool { true }
}

extension KeyedDecodingContainer {
  /// Reads a field into a variable that has its default, which stays where the field is not there.
  func read<Value: Decodable>(_ key: Key, into value: inout Value) throws {
    if let stored = try decodeIfPresent(Value.self, forKey: key) { value = stored }
  }
}
