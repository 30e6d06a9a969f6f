package import HTTPTypes
package import Hummingbird

/// One call of the API: the OpenAPI file has a path and a method for each, and each is there.
package struct Endpoint: Sendable {
  package let method: HTTPRequest.Method
  /// Below `/api/v1`, with parameters in braces, as OpenAPI writes them: `/clips/{id}`.
  package let path: String
  /// The names that its query may have.
  package let query: Set<String>
  package let answer: @Sendable (Call) async throws -> Response

  package init(
    _ method: HTTPRequest.Method, _ path: String, query: Set<String> = [],
    _ answer: @escaping @Sendable (Call) async throws -> Response
  ) {
    (self.method, self.path, self.query, self.answer) = (method, path, query, answer)
  }

  package static let root = "/api/v1"
}

extension Router where Context == BasicRequestContext {
  /// Serves endpoints, and says of other methods of their paths which there are.
  func serve(_ endpoints: [Endpoint]) {
    for (path, group) in Dictionary(grouping: endpoints, by: \.path) {
      let place = RouterPath(Endpoint.root + path)
      for endpoint in group {
        on(place, method: endpoint.method) { request, context in
          try await endpoint.answer(Call(request, context.parameters, knows: endpoint.query))
        }
      }
      var there = group.map(\.method)
      // The router makes these of the others.
      if there.contains(.get) { there.append(.head) }
      let allowed = there.map(\.rawValue).sorted().joined(separator: ", ")
      let others: [HTTPRequest.Method] = [.get, .head, .post, .put, .patch, .delete, .options]
      for method in others where !there.contains(method) {
        on(place, method: method) { _, _ -> Response in
          var problem = Problem(.methodNotAllowed, "This address takes \(allowed).")
          problem.allowed = allowed
          throw problem
        }
      }
    }
  }
}
