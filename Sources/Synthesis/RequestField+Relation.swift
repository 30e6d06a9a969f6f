extension RequestField {
  /// What makes a clip a relative of another.
  // swift-format-ignore: OnlyOneTrailingClosureArgument
  static let relation: [RequestField] = [
    .init("vary-seed", "the seed of the clip that it is a relative of", shown: { $0.relation.map { "\($0.seed)" } }) {
      $0.relation.seed = try $1.asInteger(UInt64.self)
    },
    .init("vary-distance", "how far it is from that one", shown: { $0.relation.map { "\($0.distance)" } }) {
      $0.relation.distance = try $1.asNumber
    },
    .init("vary-set", "the seed of what its set has in common", shown: { $0.relation.map { "\($0.set)" } }) {
      $0.relation.set = try $1.asInteger(UInt64.self)
    },
    .init("vary-seconds", "the length that its set has", shown: { $0.relation?.seconds.map { "\($0)" } }) {
      $0.relation.seconds = try $1.asNumber
    },
    .init(
      "vary-liked", "seeds of relatives that were liked, toward which it leans",
      shown: { $0.relation?.liked.map { $0.map { "\($0)" }.joined(separator: " ") } }
    ) {
      $0.relation.liked = try seeds($1)
    },
    .init("vary-lean", "how far it leans toward them", shown: { $0.relation?.lean.map { "\($0)" } }) {
      $0.relation.lean = try $1.asNumber
    },
    .init("vary-former", "what that clip is a relative of itself", shown: { $0.relation?.formerWords }) { _, _ in
      throw FieldProblem(reason: "follows from the clip, and cannot be set")
    },
    .init(
      "vary-what", "in what it differs from what it is made of",
      shown: { $0.variation.map { $0.aspects.map(\.rawValue).joined(separator: ", ") } }
    ) {
      $0.variation = VariationRequest(
        try VariationRequest.Aspect.list(try $1.asText), amount: $0.variation.amount, seed: $0.variation.seed)
    },
    .init("vary-amount", "by how much", shown: { $0.variation.map { "\($0.amount)" } }) {
      $0.variation.amount = try $1.asNumber
    },
    .init("vary-draw", "the seed that decides how", shown: { $0.variation.map { "\($0.seed)" } }) {
      $0.variation.seed = try $1.asInteger(UInt64.self)
    },
    .init(
      "vary-share", "how far from a recording to what is made of it", shown: { $0.edit?.share.map { "\($0)" } }
    ) {
      $0.share = try $1.asNumber
    },
  ]
}

extension RequestField {
  /// Several seeds, with spaces between them.
  private static func seeds(_ value: FieldValue) throws -> [UInt64] {
    try value.asText.split { $0 == " " || $0 == "," }.map { word in
      guard let seed = UInt64(word) else { throw FieldProblem(reason: "\"\(word)\" is no seed") }
      return seed
    }
  }
}

extension RequestDraft {
  /// Of which other clip it is a relative.
  fileprivate var relation: RelationRequest {
    get { request.relation ?? RelationRequest(seed: 0, distance: 0, set: 0) }
    set { request.relation = newValue }
  }

  /// In what it differs.
  fileprivate var variation: VariationRequest {
    get { request.variation ?? VariationRequest([], amount: 0.3, seed: 0) }
    set { request.variation = newValue }
  }

  /// How far a variation goes from its recording to what is made of it; nil for all the way.
  package var share: Double? {
    get { request.edit?.share }
    set {
      var edit = request.edit ?? EditRequest()
      edit.share = newValue
      request.edit = edit
    }
  }
}
