import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Storage

/// One request, as what answers it sees it: parts of the path, the query and the body are what they should be, or a problem.
package struct Call: Sendable {
  let request: Request
  let parameters: Parameters
  private let query: [String: String]

  /// - Parameter names: those that the query may have.
  init(_ request: Request, _ parameters: Parameters, knows names: Set<String>) throws {
    (self.request, self.parameters) = (request, parameters)
    query = try Self.decode(request.uri.query ?? "")
    guard let unknown = query.keys.first(where: { !names.contains($0) }) else { return }
    let known = names.isEmpty ? "it takes none" : "there are " + names.sorted().joined(separator: ", ")
    throw Problem(.badRequest, "\(VisibleText.of(unknown, limit: 60)) is no parameter of this address: \(known).")
  }

  // MARK: The path

  /// An id in the path: of ten letters and digits, and nothing else that could be a path.
  func id(_ name: String = "id") throws -> String {
    let text = parameters.get(name) ?? ""
    guard Self.isID(text) else { throw Problem.notFound("id") }
    return text
  }

  static func isID(_ text: String) -> Bool {
    text.utf8.count == 10
      && text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) }
  }

  /// A plain name in the path.
  func name(_ name: String) throws -> String {
    let text = parameters.get(name) ?? ""
    guard !text.isEmpty, text.utf8.count <= 64, text.utf8.allSatisfy({ $0.isPlain }) else {
      throw Problem.notFound(name)
    }
    return text
  }

  /// The name of a model in the path.
  func modelName(_ name: String = "name") throws -> String {
    let text = parameters.get(name) ?? ""
    guard JobRequest.isModelName(text) else { throw Problem.notFound("model") }
    return text
  }

  /// A number in the path, from 0 on.
  func number(_ name: String) throws -> Int {
    let text = parameters.get(name) ?? ""
    guard text.utf8.count <= 9, let number = Int(text), number >= 0 else { throw Problem.notFound(name) }
    return number
  }

  /// The name of a file in the path, for what knows the names that there are.
  func fileName(_ name: String) -> String {
    let text = parameters.get(name) ?? ""
    return text.removingPercentEncoding ?? text
  }

  // MARK: The query

  func text(_ name: String, longest: Int = 500) throws -> String? {
    guard let text = query[name], !text.isEmpty else { return nil }
    guard text.utf8.count <= longest else { throw Problem(.badRequest, "\(name) is longer than \(longest) bytes.") }
    guard !text.holdsControlCharacters() else {
      throw Problem(.badRequest, "\(name) holds control characters.")
    }
    return text
  }

  func number(_ name: String, in range: ClosedRange<Double>) throws -> Double? {
    guard let text = try text(name, longest: 40) else { return nil }
    guard let number = Double(text), range.contains(number) else {
      throw Problem(.badRequest, "\(name) is not a number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  func count(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
    guard let text = try text(name, longest: 40) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw Problem(.badRequest, "\(name) is not a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }

  func flag(_ name: String) throws -> Bool? {
    switch try text(name, longest: 8) {
    case nil: nil
    case "1", "true": true
    case "0", "false": false
    default: throw Problem(.badRequest, "\(name) is not true or false.")
    }
  }

  func choice<Value: RawRepresentable & CaseIterable>(_ name: String, _ type: Value.Type) throws -> Value?
  where Value.RawValue == String {
    guard let text = try text(name, longest: 40) else { return nil }
    guard let value = Value(rawValue: text) else {
      let all = Value.allCases.map(\.rawValue).joined(separator: ", ")
      throw Problem(.badRequest, "\(name) is not one of \(all).")
    }
    return value
  }

  /// Ids in a row, with commas between; nil where the query says nothing of them.
  func ids(_ name: String, atMost count: Int) throws -> [String]? {
    guard query[name] != nil else { return nil }
    let list = try text(name, longest: 11 * count) ?? ""
    let ids = list.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard ids.count <= count, ids.allSatisfy(Self.isID) else {
      throw Problem(.badRequest, "\(name) is not a list of at most \(count) ids.")
    }
    return ids
  }

  private static func decode(_ query: String) throws -> [String: String] {
    guard query.utf8.count <= 64_000 else { throw Problem(.uriTooLong, "The query is too long.") }
    var values: [String: String] = [:]
    for pair in query.split(separator: "&") {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let decoded = parts.map { $0.replacing("+", with: " ").removingPercentEncoding }
      guard let name = decoded.first ?? nil, let value = decoded.count > 1 ? decoded[1] : "" else {
        throw Problem(.badRequest, "The query is not percent-encoded UTF-8.")
      }
      guard values.updateValue(value, forKey: name) == nil else {
        throw Problem(.badRequest, "\(VisibleText.of(name, limit: 60)) stands twice in the query.")
      }
    }
    return values
  }

  // MARK: The body

  /// What a JSON body says.
  package func json<Value: Decodable & Sendable>(_ type: Value.Type, limit: Int = 256 << 10) async throws -> Value {
    let kind = request.headers[.contentType]?.split(separator: ";").first.map { $0.lowercased() }
    guard kind == "application/json" else {
      throw Problem(.unsupportedMediaType, "The body is to be application/json.")
    }
    let body = request.body
    let buffer: ByteBuffer
    do {
      buffer = try await Deadline.within(.seconds(10)) { try await body.collect(upTo: limit) }
    } catch is NIOTooManyBytesError {
      throw Problem(.contentTooLarge, "The body is longer than \(limit) bytes.")
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem.cutShort
    }
    let bytes = Data(buffer.readableBytesView)
    do {
      let decoder = JSONDecoder()
      decoder.dateDecodingStrategy = .iso8601
      return try decoder.decode(type, from: bytes)
    } catch let error as DecodingError {
      throw Problem(.badRequest, "The body is not as it should be: \(error.brief(of: bytes))")
    } catch let problem as Problem {
      throw problem
    } catch {
      throw Problem(.badRequest, "The body is not JSON.")
    }
  }
}

extension UInt8 {
  /// A letter, a digit, `-` or `_`.
  var isPlain: Bool {
    (0x30...0x39).contains(self) || (0x41...0x5A).contains(self) || (0x61...0x7A).contains(self) || self == 0x2D
      || self == 0x5F
  }
}

extension DecodingError {
  /// In a few words.
  fileprivate func brief(of bytes: Data) -> String {
    let (context, what): (Context, String) =
      switch self {
      case .keyNotFound(let key, let context): (context, "\(key.stringValue) is missing")
      case .typeMismatch(_, let context), .valueNotFound(_, let context): (context, "another kind of value is wanted")
      case .dataCorrupted(let context): (context, context.debugDescription)
      @unknown default: (Context(codingPath: [], debugDescription: ""), "it cannot be read")
      }
    // The decoder calls a number that its type cannot hold no JSON.
    if context.codingPath.isEmpty, (try? JSONSerialization.jsonObject(with: bytes)) != nil, case .dataCorrupted = self,
      context.debugDescription.contains("not valid JSON")
    {
      return "a number is too large, or has a fraction where a whole number is wanted"
    }
    let path = context.codingPath.map { $0.intValue.map { "\($0)" } ?? $0.stringValue }.joined(separator: ".")
    return path.isEmpty ? what : "\(path): \(what)"
  }
}
