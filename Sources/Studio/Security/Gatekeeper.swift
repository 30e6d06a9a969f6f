import HTTPTypes
import Hummingbird

/// Lets in whom the studio is for: requests to its own host, from its own page or from no page at all, with the token.
struct Gatekeeper: RouterMiddleware {
  typealias Context = BasicRequestContext

  let hosts: HostNames
  let token: AccessToken
  /// Two studios on one machine have cookies of their own: those of one host are shared by all ports.
  let cookie: String

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    guard hosts.accepts(request.head.authority) else {
      throw Problem(.misdirectedRequest, "This address is not the studio's: open the one that `hiss studio` prints.")
    }
    let isPage = request.head.path.map { $0 == "/" || $0.hasPrefix("/?") } ?? false
    guard isOwn(request, mayBeFollowed: isPage) else {
      throw Problem(.forbidden, "A page of another site may not call the studio.")
    }
    if request.method == .get, let shown = Self.shownToken(request.head.path) {
      guard token.matches(shown) else { throw Self.notLetIn }
      return Response(
        status: .seeOther,
        headers: [
          .location: "/", .setCookie: "\(cookie)=\(token.text); Path=/; HttpOnly; SameSite=Strict",
          .cacheControl: "no-store",
        ])
    }
    guard isLetIn(request) else { throw Self.notLetIn }
    return try await next(request, context)
  }

  private static let notLetIn = Problem(
    .unauthorized, "This wants the token: open the address that `hiss studio` prints.")

  /// Whether no other site's page is behind a request.
  /// - Parameter mayBeFollowed: whether a link on another page may lead here.
  private func isOwn(_ request: Request, mayBeFollowed: Bool) -> Bool {
    if let origin = request.headers[.origin] {
      guard let authority = request.head.authority, origin.lowercased() == "http://\(authority.lowercased())" else {
        return false
      }
    }
    guard let site = request.headers[.secFetchSite] else { return true }
    return site == "same-origin" || site == "none"
      || mayBeFollowed && request.method == .get && request.headers[.secFetchMode] == "navigate"
  }

  private func isLetIn(_ request: Request) -> Bool {
    if let credentials = request.headers[.authorization], credentials.lowercased().hasPrefix("bearer ") {
      return token.matches(credentials.dropFirst("bearer ".count))
    }
    return request.headers[values: .cookie].contains { line in
      line.split(separator: ";").contains { pair in
        let parts = pair.split(separator: "=", maxSplits: 1)
        return parts.count == 2 && parts[0].drop(while: \.isWhitespace) == cookie && token.matches(parts[1])
      }
    }
  }

  /// The token of an address like `/?token=T`.
  private static func shownToken(_ path: String?) -> Substring? {
    let start = "/?token="
    guard let path, path.hasPrefix(start) else { return nil }
    return path.dropFirst(start.count).prefix { $0 != "&" }
  }
}

extension HTTPField.Name {
  /// A name that is written right here.
  fileprivate static func known(_ name: String) -> HTTPField.Name { HTTPField.Name(name) ?? .origin }
  static let secFetchSite = known("Sec-Fetch-Site")
  static let secFetchMode = known("Sec-Fetch-Mode")
  static let lastEventID = known("Last-Event-ID")
  static let referrerPolicy = known("Referrer-Policy")
  static let resourcePolicy = known("Cross-Origin-Resource-Policy")
  static let openerPolicy = known("Cross-Origin-Opener-Policy")
  static let permissionsPolicy = known("Permissions-Policy")
  static let frameOptions = known("X-Frame-Options")
}
