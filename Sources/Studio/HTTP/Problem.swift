import Foundation
package import HTTPTypes
package import Hummingbird
import Library

/// What keeps a request from its answer, as RFC 9457 has it: `application/problem+json`.
package struct Problem: Error, Sendable, Equatable {
  package let status: HTTPResponse.Status
  /// One sentence that says what is wrong, and what to do.
  package let detail: String
  /// Methods that there are, of one that there is not.
  var allowed: String?

  package init(_ status: HTTPResponse.Status, _ detail: String) { (self.status, self.detail) = (status, detail) }

  static func notFound(_ what: String) -> Problem { Problem(.notFound, "There is no such \(what).") }
  /// Whoever sent it went away, or broke off.
  static let cutShort = Problem(.badRequest, "The body ended before its end.")
  static func invalid(_ detail: String) -> Problem { Problem(.unprocessableContent, detail) }

  private struct Format: Encodable {
    let type: String
    let title: String
    let status: Int
    let detail: String
  }

  var response: Response {
    let format = Format(
      type: "about:blank", title: status.reasonPhrase, status: status.code, detail: detail)
    // Four plain fields can always be encoded.
    let bytes = (try? JSONAnswer.encoder.encode(format)) ?? Data()
    var headers: HTTPFields = [.contentType: "application/problem+json", .cacheControl: "no-store"]
    headers[.allow] = allowed
    if status == .unauthorized { headers[.wwwAuthenticate] = "Bearer" }
    return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: .init(bytes: bytes)))
  }
}

/// Answers in JSON.
enum JSONAnswer {
  static var encoder: JSONEncoder { LibraryJSON.encoder }

  static func text(_ value: some Encodable) throws -> String {
    String(decoding: try encoder.encode(value), as: UTF8.self)
  }
}

extension Response {
  /// An answer in JSON; of no account once it is read.
  package static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
    Response(
      status: status, headers: [.contentType: "application/json", .cacheControl: "no-store"],
      body: ResponseBody(byteBuffer: .init(bytes: try JSONAnswer.encoder.encode(value))))
  }

  static let done = Response(status: .noContent)
}
