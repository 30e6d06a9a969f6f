import Foundation

/// The OpenAPI file, as far as tests hold answers to it.
struct ContractSchema {
  private let root: [String: Any]

  /// Reads docs/openapi.json of this package.
  init() throws {
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "docs/openapi.json")
    root = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any] ?? [:]
  }

  /// "GET /clips/{id}" and so on.
  var calls: Set<String> {
    let paths = root["paths"] as? [String: [String: Any]] ?? [:]
    return Set(paths.flatMap { path, methods in methods.keys.map { "\($0.uppercased()) \(path)" } })
  }

  /// The names that the query of a call may have.
  func query(_ method: String, _ path: String) -> Set<String> {
    let paths = root["paths"] as? [String: [String: Any]] ?? [:]
    let operation = paths[path]?[method.lowercased()] as? [String: Any]
    let parameters = operation?["parameters"] as? [[String: Any]] ?? []
    return Set(parameters.filter { $0["in"] as? String == "query" }.compactMap { $0["name"] as? String })
  }

  /// What in an answer is not as the file has it; nil if nothing.
  func fault(_ method: String, _ path: String, status: Int, _ body: Any) -> String? {
    let paths = root["paths"] as? [String: [String: Any]] ?? [:]
    let operation = paths[path]?[method.lowercased()] as? [String: Any]
    let responses = operation?["responses"] as? [String: [String: Any]] ?? [:]
    guard let response = responses["\(status)"] else { return "\(method) \(path): \(status) is not in the file" }
    let content = (response["content"] as? [String: [String: Any]])?["application/json"]
    guard let schema = content?["schema"] as? [String: Any] else { return nil }
    return fault(schema, body, at: "\(method) \(path)")
  }

  private func fault(_ schema: [String: Any], _ value: Any, at place: String) -> String? {
    if let name = (schema["$ref"] as? String)?.split(separator: "/").last {
      let all = (root["components"] as? [String: Any])?["schemas"] as? [String: [String: Any]] ?? [:]
      guard let found = all[String(name)] else { return "\(place): no schema \(name)" }
      return fault(found, value, at: place)
    }
    for part in schema["allOf"] as? [[String: Any]] ?? [] {
      if let fault = fault(part, value, at: place) { return fault }
    }
    if let choices = schema["enum"] as? [String], !choices.contains(value as? String ?? "") {
      return "\(place): \(value) is not one of \(choices)"
    }
    let kinds = (schema["type"] as? String).map { [$0] } ?? schema["type"] as? [String] ?? []
    if !kinds.isEmpty, !kinds.contains(where: { Self.isOf($0, value) }) { return "\(place): \(value) is no \(kinds)" }
    if let pattern = schema["pattern"] as? String, let text = value as? String,
      text.range(of: pattern, options: .regularExpression) == nil
    {
      return "\(place): \(text) is not like \(pattern)"
    }
    if let items = schema["items"] as? [String: Any], let list = value as? [Any] {
      for item in list { if let fault = fault(items, item, at: place + "[]") { return fault } }
    }
    guard let fields = value as? [String: Any] else { return nil }
    for name in schema["required"] as? [String] ?? [] where fields[name] == nil {
      return "\(place): \(name) is missing"
    }
    for (name, part) in schema["properties"] as? [String: [String: Any]] ?? [:] {
      if let found = fields[name], let fault = fault(part, found, at: "\(place).\(name)") { return fault }
    }
    return nil
  }

  private static func isOf(_ kind: String, _ value: Any) -> Bool {
    switch kind {
    case "string": value is String
    case "number": value is NSNumber
    case "integer": (value as? NSNumber).map { $0.doubleValue == $0.doubleValue.rounded() } ?? false
    case "boolean": value is Bool
    case "array": value is [Any]
    case "object": value is [String: Any]
    case "null": value is NSNull
    default: false
    }
  }
}
