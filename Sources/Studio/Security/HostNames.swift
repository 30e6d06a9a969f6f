import Foundation

/// The hosts by which a browser may call the studio. A page elsewhere can let its own name point to this machine (DNS
/// rebinding); then the request names that host, and is refused. Ports do not count: they may be forwarded.
struct HostNames: Sendable {
  /// The name or number that was asked to listen on.
  let listening: String

  /// Whether only this machine can reach it.
  static func isLoopback(_ host: String) -> Bool {
    let name = host.lowercased()
    return name == "localhost" || name == "::1" || name == "[::1]" || isIPv4(name) && name.hasPrefix("127.")
  }

  private static func isIPv4(_ name: String) -> Bool {
    var address = in_addr()
    return inet_pton(AF_INET, name, &address) == 1
  }

  private static func isIPv6(_ name: String) -> Bool {
    var address = in6_addr()
    return inet_pton(AF_INET6, name, &address) == 1
  }

  /// Whether a request to this authority (`127.0.0.1:7777`) is meant for the studio.
  func accepts(_ authority: String?) -> Bool {
    guard let authority, authority.utf8.count < 300, let name = Self.name(of: authority) else { return false }
    if Self.isLoopback(name) || name == listening.lowercased() { return true }
    // Numbers are nobody's names: no rebinding leads here by them.
    return !Self.isLoopback(listening) && (Self.isIPv4(name) || Self.isIPv6(name))
  }

  /// The host of an authority, in lower case and without brackets and port; nil where it is none.
  private static func name(of authority: String) -> String? {
    let text = authority.lowercased()
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      let rest = text[text.index(after: end)...]
      guard rest.isEmpty || isPort(rest) else { return nil }
      return String(text[text.index(after: text.startIndex)..<end])
    }
    guard let colon = text.firstIndex(of: ":") else { return text.isEmpty ? nil : text }
    guard isPort(text[colon...]), colon > text.startIndex else { return nil }
    return String(text[..<colon])
  }

  private static func isPort(_ text: Substring) -> Bool {
    text.first == ":" && (2...6).contains(text.count) && text.dropFirst().allSatisfy { $0.isASCII && $0.isNumber }
  }
}
