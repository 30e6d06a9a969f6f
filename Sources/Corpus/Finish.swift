/// A room or an effect that a clip may be heard in.
struct FinishChoice: Decodable, Sendable, Equatable {
  enum Kind: String, Decodable, Sendable { case room, effect }

  var name: String
  var kind: Kind
  var weight: Double
  /// How long it goes on after the sound.
  var seconds: Double
  /// What a caption says of it; any one of them.
  var words: [String]
  /// Words of a sound that would not be true any more with it.
  var against: [String]?
  /// What it sets, from least to most.
  var values: [String: [Double]]
}

/// The room and the effect of one clip: fields of the orchestras' instrument Finish, and words.
struct Finish: Sendable, Equatable {
  /// Names of the fields, p4 and on.
  static let fields = [
    "drive", "lowPass", "highPass", "chorus", "delaySeconds", "feedback", "delayLevel", "tape", "roomLevel",
    "roomSize", "roomDamping", "roomBefore",
  ]

  var room: String?
  var effect: String?
  var values = [Double](repeating: 0, count: Self.fields.count)
  /// Lists of words, any one of each of which may be said.
  var words: [[String]] = []
  /// How long it goes on after the sound.
  var seconds = 0.0

  /// - Parameters:
  ///   - hasRoom: whether there may be a room.
  ///   - effectChance: how often an effect is drawn at all.
  ///   - words: what may be said of the sound, which has to stay true.
  ///   - secondsPerBeat: the length of a beat, so that echoes are in tempo; nil where there is none.
  init(
    hasRoom: Bool, effectChance: Double, words: Set<String>, secondsPerBeat: Double?, random: inout CorpusRandom
  ) {
    func pick(_ kind: FinishChoice.Kind) -> FinishChoice {
      let fitting = Orchestra.finishes.filter { $0.kind == kind && words.isDisjoint(with: $0.against ?? []) }
      return random.pick(weighted: fitting.map { ($0, $0.weight) })
    }
    if hasRoom {
      let choice = pick(.room)
      room = choice.name
      add(choice, random: &random)
    }
    guard random.chance(effectChance) else { return }
    let choice = pick(.effect)
    effect = choice.name
    add(choice, random: &random)
    if choice.values["delaySeconds"] != nil, let secondsPerBeat { delay(secondsPerBeat, random: &random) }
  }

  private mutating func add(_ choice: FinishChoice, random: inout CorpusRandom) {
    // In the fields' order, not the dictionary's, which is another in each run.
    for (index, field) in Self.fields.enumerated() {
      if let range = choice.values[field] { values[index] = random.uniform(range[0], range[1]) }
    }
    if !choice.words.isEmpty { words.append(choice.words) }
    seconds = max(seconds, choice.seconds)
  }

  private mutating func delay(_ secondsPerBeat: Double, random: inout CorpusRandom) {
    let (beats, name) = random.pick([(0.5, "eighth-note"), (0.75, "dotted-eighth"), (1.0, "quarter-note")])
    values[4] = min(beats * secondsPerBeat, 1.5)
    words[words.count - 1] += ["with \(name) delay", "with \(name) echoes"]
  }
}
