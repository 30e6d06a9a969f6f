import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// Turns what is thrown into problems in JSON, and gives every answer the headers that keep a page to itself.
struct Answering: RouterMiddleware {
  typealias Context = BasicRequestContext

  /// Is told of what should not have happened.
  let report: @Sendable (String) -> Void

  private static let policy = """
    default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; style-src 'self'; script-src 'self'; \
    connect-src 'self'; worker-src 'self'; font-src 'self'; form-action 'self'; object-src 'none'; base-uri 'none'; \
    frame-ancestors 'none'
    """

  func handle(
    _ request: Request, context: Context, next: (Request, Context) async throws -> Response
  ) async throws -> Response {
    var response: Response
    do { response = try await next(request, context) } catch { response = problem(error, request).response }
    response.headers[.contentSecurityPolicy] = Self.policy
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "no-referrer"
    response.headers[.resourcePolicy] = "same-origin"
    response.headers[.openerPolicy] = "same-origin"
    response.headers[.frameOptions] = "DENY"
    response.headers[.permissionsPolicy] = "camera=(), geolocation=(), microphone=(self)"
    return response
  }

  private func problem(_ error: any Error, _ request: Request) -> Problem {
    switch error {
    case let problem as Problem: return problem
    case let error as HTTPError where error.status == .notFound: return .notFound("address")
    case let error as HTTPError: return Problem(error.status, error.body ?? error.status.reasonPhrase)
    case is CancellationError: return Problem(.requestTimeout, "It took too long.")
    default:
      if let known = ErrorPhrasing.problem(error) { return known }
      report("studio: \(request.method) \(request.uri.path): \(error)")
      return Problem(.internalServerError, "Something went wrong in the studio: \(error)")
    }
  }
}
