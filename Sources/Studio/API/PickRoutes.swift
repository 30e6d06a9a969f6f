import Foundation
import HTTPTypes
import Hummingbird
import Library

/// What users say of clips.
struct PickRoutes: Sendable {
  let studio: Studio
  private static let page: Set = ["page"]

  var endpoints: [Endpoint] {
    [
      Endpoint(.patch, "/clips/{id}", query: Self.page) { [self] call in
        let (id, page) = (try call.id(), try call.page())
        let change = try await call.json(Strict<ClipChange>.self).value
        return try .json(["clip": try await changing { try $0.change(id, change, page: page) }])
      },
      Endpoint(.delete, "/clips/{id}", query: Self.page) { [self] call in
        let (id, page) = (try call.id(), try call.page())
        try await changing { try $0.bin([id], page: page) }
        return .done
      },
      Endpoint(.post, "/clips/{id}/restore", query: Self.page) { [self] call in
        let (id, page) = (try call.id(), try call.page())
        try await changing { try $0.restore([id], page: page) }
        return .done
      },
      Endpoint(.post, "/bin/empty") { [self] _ in
        try await changing { _ = try $0.emptyBin() }
        return .done
      },
      Endpoint(.post, "/clips/clear", query: Self.page) { [self] call in
        let page = try call.page()
        let group = try ClipRoutes.id(try await call.json(Strict<Clearing>.self).value.group, "group")
        return try .json(["removed": try await changing { try $0.clear(group: group, page: page) }])
      },
      Endpoint(.post, "/undo", query: Self.page) { [self] call in
        let page = try call.page()
        let undone = try await changing { try $0.undo(page: page) }
        return try .json(UndoAnswer(undone: undone?.text, clips: undone?.clips ?? []))
      },
      Endpoint(.post, "/comparisons", query: Self.page) { [self] call in
        let page = try call.page()
        let comparison = try await call.json(Strict<ClipComparison>.self).value
        for id in [comparison.winner] + comparison.losers { _ = try ClipRoutes.id(id, "a clip") }
        try await changing { try $0.compare(comparison, page: page) }
        return .done
      },
    ]
  }

  struct Clearing: Decodable, Sendable, KnownFields {
    enum Keep: String, Decodable, Sendable { case picked }
    var group: String
    var keep: Keep?
    static let fieldNames = ["group", "keep"]
  }

  private struct UndoAnswer: Encodable {
    let undone: String?
    let clips: [LibraryClip]
  }

  /// Changes the library beside the threads that serve, and says so to pages.
  @discardableResult
  private func changing<Value: Sendable>(
    _ change: @escaping @Sendable (ClipLibrary) throws -> Value
  ) async throws -> Value {
    let library = studio.library
    defer { studio.watch.look() }
    return try await Background.runWriting { try change(library) }
  }
}

extension ClipChange: KnownFields {
  static let fieldNames = ["state", "rating", "note", "tags", "shownBeside"]
}

extension ClipComparison: KnownFields {
  static let fieldNames = ["winner", "losers", "kind"]
}

extension Call {
  /// The page that calls, as it calls itself in `?page=`: `undo` takes back one's own steps.
  func page() throws -> String? {
    guard let page = try text("page", longest: 64) else { return nil }
    guard page.utf8.allSatisfy(\.isPlain) else { throw Problem(.badRequest, "page is no plain name.") }
    return page
  }
}
