import Foundation
import HTTPTypes
import Hummingbird
import Library
import Storage
import Taste

/// Clips: which there are, and what is known of each.
struct ClipRoutes: Sendable {
  let studio: Studio

  var endpoints: [Endpoint] {
    [
      Endpoint(.get, "/clips", query: Self.names) { [self] call in
        if try call.text("sort") == "taste" {
          let query = try Self.query(call, isSorted: false)
          return try .json(try await Background.run { [taste = studio.taste] in try taste.page(query) })
        }
        let query = try Self.query(call)
        return try .json(try studio.library.clips(query))
      },
      Endpoint(.get, "/clips/{id}") { [self] call in
        try .json(["clip": try Details(studio.library.details(of: call.id()))])
      },
      Endpoint(.get, "/taste") { [self] _ in
        try .json(try await Background.run { [taste = studio.taste] in try TasteAnswer(taste.current()) })
      },
      Endpoint(.get, "/taste/pair") { [self] _ in
        guard let question = try await Background.run({ [taste = studio.taste] in try taste.question() }) else {
          throw Problem(.notFound, "There are no two clips that were not compared yet.")
        }
        return try .json(PairAnswer(clips: question.clips, bits: (question.bits * 1000).rounded() / 1000))
      },
      Endpoint(.get, "/history", query: ["limit"]) { [self] call in
        try .json(["prompts": try studio.library.history(limit: call.count("limit", in: 1...1000) ?? 100)])
      },
    ]
  }

  /// What the library's picks say.
  private struct TasteAnswer: Encodable, Sendable {
    let picks: Int
    let isLearned: Bool
    let accuracy: Double
    let beliefs: [String]

    private enum CodingKeys: String, CodingKey {
      case picks, accuracy, beliefs
      case isLearned = "learned"
    }

    init(_ judged: LibraryTaste.Judged) {
      let taste = judged.taste
      (picks, isLearned) = (taste.pickCount, taste.isLearned)
      accuracy = (taste.accuracy * 1000).rounded() / 1000
      beliefs = taste.beliefs.map { $0.isSure ? $0.word : "perhaps \($0.word)" }
    }
  }

  private struct PairAnswer: Encodable {
    let clips: [LibraryClip]
    let bits: Double
  }

  private static let names: Set = [
    "query", "state", "sort", "order", "model", "key", "tag", "group", "kind", "minimumBpm", "maximumBpm",
    "minimumSeconds", "maximumSeconds", "minimumLoudness", "maximumLoudness", "minimumNovelty", "rating", "loop",
    "offset", "limit",
  ]

  private static func query(_ call: Call, isSorted: Bool = true) throws -> ClipQuery {
    var query = ClipQuery()
    query.text = try call.text("query") ?? ""
    query.state = try call.choice("state", ClipQuery.State.self) ?? .all
    query.sort = isSorted ? try call.choice("sort", ClipQuery.Sort.self) ?? .created : .created
    query.isAscending = try call.choice("order", Order.self) == .ascending
    (query.model, query.key, query.tag) = (try call.text("model"), try call.text("key"), try call.text("tag"))
    query.group = try call.text("group").map { try Self.id($0, "group") }
    query.kind = try call.text("kind")
    query.bpm = try range(call, "minimumBpm", "maximumBpm", 0...1000)
    query.seconds = try range(call, "minimumSeconds", "maximumSeconds", 0...100_000)
    query.loudness = try range(call, "minimumLoudness", "maximumLoudness", -200...100)
    query.minimumNovelty = try call.number("minimumNovelty", in: 0...1000)
    query.rating = try call.count("rating", in: 0...5)
    query.isLoop = try call.flag("loop")
    query.offset = try call.count("offset", in: 0...10_000_000) ?? 0
    query.limit = try call.count("limit", in: 0...ClipQuery.mostClips) ?? 100
    return query
  }

  private enum Order: String, CaseIterable { case ascending, descending }

  static func id(_ text: String, _ name: String) throws -> String {
    guard Call.isID(text) else { throw Problem(.badRequest, "\(name) is no id.") }
    return text
  }

  private static func range(
    _ call: Call, _ least: String, _ most: String, _ all: ClosedRange<Double>
  ) throws -> ClosedRange<Double>? {
    let (low, high) = (try call.number(least, in: all), try call.number(most, in: all))
    guard low != nil || high != nil else { return nil }
    let (from, to) = (low ?? all.lowerBound, high ?? all.upperBound)
    guard from <= to else { throw Problem(.badRequest, "\(least) is more than \(most).") }
    return from...to
  }

  /// A clip with all that made it, and its relatives.
  private struct Details: Encodable {
    let details: ClipDetails

    init(_ details: ClipDetails) { self.details = details }

    private enum CodingKeys: String, CodingKey { case request, parentClips, children }

    func encode(to encoder: any Encoder) throws {
      try details.clip.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(details.request.flatMap(AnyJSON.init), forKey: .request)
      try container.encode(details.parents, forKey: .parentClips)
      try container.encode(details.children, forKey: .children)
    }
  }
}

/// JSON that is passed on as it is.
struct AnyJSON: Codable, Sendable {
  private enum Value: Sendable {
    case null
    case flag(Bool)
    case whole(Int)
    case natural(UInt64)
    case number(Double)
    case text(String)
    case list([AnyJSON])
    case fields([String: AnyJSON])
  }
  private let value: Value

  /// - Parameter text: nil is returned for what is no JSON.
  init?(_ text: String) {
    guard let read = try? JSONDecoder().decode(AnyJSON.self, from: Data(text.utf8)) else { return nil }
    self = read
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      value = .null
    } else if let flag = try? container.decode(Bool.self) {
      value = .flag(flag)
    } else if let whole = try? container.decode(Int.self) {
      value = .whole(whole)
    } else if let natural = try? container.decode(UInt64.self) {
      value = .natural(natural)
    } else if let number = try? container.decode(Double.self) {
      value = .number(number)
    } else if let text = try? container.decode(String.self) {
      value = .text(text)
    } else if let list = try? container.decode([AnyJSON].self) {
      value = .list(list)
    } else {
      value = .fields(try container.decode([String: AnyJSON].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch value {
    case .null: try container.encodeNil()
    case .flag(let flag): try container.encode(flag)
    case .whole(let number): try container.encode(number)
    case .natural(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .list(let list): try container.encode(list)
    case .fields(let fields): try container.encode(fields)
    }
  }
}
