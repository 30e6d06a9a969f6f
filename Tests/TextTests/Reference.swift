import Foundation
import Text

/// The reference data of scripts/reference/text.py, and the encoder that scripts/get-text-encoder fetched.
enum Reference {
  static let encoder: URL? = try? SentenceEncoder.locate(explicit: nil)
  static let hasEncoder = encoder != nil

  static func vocabulary() throws -> URL {
    try SentenceEncoder.locate(explicit: nil).appendingPathComponent("vocab.txt")
  }

  static func data(_ name: String) throws -> Data {
    guard let folder = Bundle.module.resourceURL?.appendingPathComponent("Reference") else {
      throw CocoaError(.fileNoSuchFile)
    }
    return try Data(contentsOf: folder.appendingPathComponent(name))
  }

  static func decode<Value: Decodable>(_ type: Value.Type, from name: String) throws -> Value {
    try JSONDecoder().decode(type, from: data(name))
  }

  static func floats(_ name: String) throws -> [Float] {
    let bytes = [UInt8](try data(name))
    return stride(from: 0, to: bytes.count, by: 4).map { start in
      let bits = bytes[start..<start + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
      return Float(bitPattern: bits)
    }
  }
}
