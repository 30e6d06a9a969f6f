import Foundation
import HTTPTypes
import Hummingbird
import Library

/// The library as a whole.
struct LibraryRoutes: Sendable {
  let studio: Studio

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/map", query: ["state"]) { [self] call in
        let state = try call.choice("state", ClipQuery.State.self) ?? .all
        return try .json([
          "points": try await Background.runLong { [library = studio.library] in try library.map(state) }
        ])
      },
      Endpoint(.get, "/library/check") { [self] _ in
        try .json(try await Background.runLong { [library = studio.library] in try library.check() })
      },
      Endpoint(.post, "/library/rebuild") { [self] _ in
        defer { studio.watch.look() }
        return try .json(try await Background.runLong { [library = studio.library] in try library.rebuild() })
      },
    ]
  }
}
