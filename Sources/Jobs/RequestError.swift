/// A clip that a model cannot make.
public enum RequestError: Error, Equatable, Sendable, CustomStringConvertible {
  case impossible(reason: String)

  public var description: String {
    switch self {
    case .impossible(let reason): reason
    }
  }
}
