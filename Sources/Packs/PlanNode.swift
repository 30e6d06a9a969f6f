import Jobs
import Yams

/// A value of a plan, with its line.
struct PlanScalar: Equatable, Sendable {
  let text: String
  let line: Int
}

/// The entries of a mapping in a plan, in order.
struct PlanEntry {
  let name: String
  let value: Node
  let line: Int
}

extension Node {
  var line: Int { mark?.line ?? 1 }

  /// Its kind, in words.
  var kindInWords: String {
    switch self {
    case .scalar: "a value"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  /// Whether nothing stands there.
  var isEmptyValue: Bool {
    guard case .scalar(let scalar) = self, scalar.style == .plain else { return false }
    return ["", "~", "null"].contains(scalar.string.lowercased())
  }
}

extension YamlError {
  /// Where a text is no YAML, and why, in one line.
  func problem(of text: String) -> ManifestProblem {
    switch self {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      ManifestProblem(line: mark.line, reason: "this is no YAML: \(Self.plain(problem))")
    case .duplicatedKeysInMapping(let duplicates, let context):
      ManifestProblem(line: context.mark.line, reason: "\(duplicates.joined(separator: ", ")): said twice")
    case .reader(let problem, let offset, _, _):
      ManifestProblem(line: Self.line(of: offset, in: text), reason: "this is no YAML: \(Self.plain(problem))")
    default:
      ManifestProblem(line: 1, reason: "this is no YAML: \(Self.plain("\(self)"))")
    }
  }

  private static func plain(_ problem: String) -> String {
    problem.split(whereSeparator: \.isNewline).joined(separator: " ")
  }

  private static func line(of offset: Int?, in text: String) -> Int {
    text.utf8.prefix(offset ?? 0).count { $0 == UInt8(ascii: "\n") } + 1
  }
}
