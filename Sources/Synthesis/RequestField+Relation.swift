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
    .init("vary-former", "what that clip is a relative of itself", shown: { $0.relation?.formerWords }) { _, _ in
      throw FieldProblem(reason: "follows from the clip, and cannot be set")
    },
    .init(
      "vary-share", "how far from a recording to what is made of it", shown: { $0.edit?.share.map { "\($0)" } }
    ) {
      $0.share = try $1.asNumber
    },
  ]
}

extension RequestDraft {
  /// Of which other clip it is a relative.
  fileprivate var relation: RelationRequest {
    get { request.relation ?? RelationRequest(seed: 0, distance: 0, set: 0) }
    set { request.relation = newValue }
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
