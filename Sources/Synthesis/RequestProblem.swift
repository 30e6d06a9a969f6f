/// Why a draft makes no clip, in one line that calls fields as they are called where they were given.
public struct RequestProblem: Error, Equatable, Sendable, ExpressibleByStringInterpolation {
  private var line: RequestLine
  /// The error of a file that the clip depends on; nil for a problem of the fields alone.
  public private(set) var cause: ControlError?

  init(_ reason: String) { line = RequestLine(reason) }

  init(_ cause: ControlError) {
    line = RequestLine(cause.description)
    self.cause = cause
  }

  public init(stringLiteral reason: String) { self.init(reason) }
  public init(stringInterpolation: RequestLine.StringInterpolation) {
    line = RequestLine(stringInterpolation: stringInterpolation)
  }

  /// The line for people.
  /// - Parameter prefix: what stands before a field's name: `--` on the command line.
  public func text(prefix: String = "") -> String { line.text(prefix: prefix) }

  /// - Parameter name: how a field of a `RequestDraft` is called.
  public func text(naming name: (String) -> String) -> String { line.text(naming: name) }
}
