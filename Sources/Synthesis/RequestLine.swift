/// A line about a request that calls fields as they are called where they were given.
public struct RequestLine: Hashable, Sendable, ExpressibleByStringInterpolation {
  enum Part: Hashable, Sendable {
    case text(String)
    case field(String)
  }
  private var parts: [Part]

  init(_ text: String) { parts = [.text(text)] }

  public init(stringLiteral text: String) { self.init(text) }
  public init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  /// A line in which a field's name is interpolated as `\(field: "bars")`.
  public struct StringInterpolation: StringInterpolationProtocol {
    var parts: [Part] = []
    public init(literalCapacity: Int, interpolationCount: Int) {}
    public mutating func appendLiteral(_ literal: String) { parts.append(.text(literal)) }
    public mutating func appendInterpolation(field name: String) { parts.append(.field(name)) }
    public mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      parts.append(.text(value.description))
    }
  }

  /// The line for people.
  /// - Parameter prefix: what stands before a field's name: `--` on the command line.
  public func text(prefix: String = "") -> String { text { prefix + $0 } }

  /// - Parameter name: how a field of a `RequestDraft` is called.
  public func text(naming name: (String) -> String) -> String {
    parts.map { part in
      switch part {
      case .text(let text): text
      case .field(let field): name(field)
      }
    }.joined()
  }
}
