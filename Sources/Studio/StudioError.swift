/// What keeps the studio from starting.
package enum StudioError: Error, Equatable, Sendable, CustomStringConvertible {
  /// Others may reach it, and nobody has chosen a token.
  case noToken(host: String)
  case badToken
  case portTaken(host: String, port: Int)
  case cannotListen(host: String, port: Int, reason: String)

  package var description: String {
    switch self {
    case .noToken(let host):
      "--host \(host): others can reach the studio there: give it a --token of 16 letters and digits at least"
    case .badToken: "--token: 16 to 128 letters, digits, - and _ are wanted"
    case .portTaken(let host, let port): "\(host):\(port) is taken: another --port, or none, finds a free one"
    case .cannotListen(let host, let port, let reason): "\(host):\(port): nobody can listen here: \(reason)"
    }
  }
}
