/// One sound for games or film, as composed: what is played, and the facts that its caption may tell.
struct SoundComposition: Sendable {
  var kind: SoundKind
  var parameters: [DrawnParameter]
  /// How often it is heard, one after another.
  var count = 1
  /// Words for how fast they follow; empty where there is nothing to say.
  var paceWords: [String] = []
  /// Where it begins and ends between the ears: 0 left, 1 right.
  var from = 0.5
  var to = 0.5
  var dynamics = Composition.Dynamics.medium
  var finish: Finish
  var score: CsoundScore
}

/// Composes sounds: picks a kind, its numbers, its place, a room.
struct SoundComposer {
  var random: CorpusRandom
  let maximumSeconds: Double
  let kinds: [SoundKind]

  /// - Parameter kinds: what may be picked; not empty.
  init(seed: UInt64, index: Int, maximumSeconds: Double, kinds: [SoundKind] = Orchestra.sounds) {
    precondition(!kinds.isEmpty, "A sound of no kind cannot be composed")
    // Another stream than the phrases' of the same seed.
    random = CorpusRandom(seed: seed ^ 0x536F_756E_6473, index: index)
    self.maximumSeconds = maximumSeconds
    self.kinds = kinds
  }

  mutating func compose() -> SoundComposition {
    let kind = random.pick(kinds)
    let parameters = kind.parameters.map { $0.drawn(&random) }
    let finish = Finish(
      hasRoom: kind.room ?? true, effectChance: 0.14, words: Set(parameters.flatMap(\.words)), secondsPerBeat: nil,
      random: &random)
    let score = CsoundScore(
      seed: random.integer(1...0x3FFF_FFFF), seconds: 0, events: [], finish: finish.values)
    var sound = SoundComposition(kind: kind, parameters: parameters, finish: finish, score: score)
    sound.dynamics = random.pick(weighted: [(.soft, 0.12), (.medium, 0.7), (.loud, 0.18)])
    place(&sound)
    let starts = starts(of: &sound)
    var seconds = min(random.uniform(kind.seconds[0], kind.seconds[1]), maximumSeconds)
    if let second = starts.dropFirst().first, kind.times?.cut == true { seconds = min(seconds, 0.85 * second) }
    sound.score.events = starts.enumerated().map { index, start in
      event(index, of: sound, start: start, seconds: seconds)
    }
    sound.score.seconds = min((starts.last ?? 0) + seconds + finish.seconds + 0.02, maximumSeconds)
    return sound
  }

  private mutating func place(_ sound: inout SoundComposition) {
    let moves = sound.kind.place == .sweep || (sound.kind.place == .across && random.chance(0.5))
    if moves {
      let isRightward = random.chance(0.5)
      (sound.from, sound.to) = isRightward ? (0.08, 0.92) : (0.92, 0.08)
    } else if sound.kind.place == nil || sound.kind.place == .anywhere {
      let place = min(max(0.5 + 0.17 * random.bell(), 0.06), 0.94)
      (sound.from, sound.to) = (place, place)
    }
  }

  /// When each of a series begins; a lone sound begins at once.
  private mutating func starts(of sound: inout SoundComposition) -> [Double] {
    guard let times = sound.kind.times, (times.least ?? 1) > 1 || random.chance(0.65) else { return [0] }
    let position = random.uniform()
    let interval = times.every[0] + (times.every[1] - times.every[0]) * position
    let room = Int((maximumSeconds - sound.kind.seconds[1]) / (interval * 1.1)) + 1
    let most = min(times.most, max(room, 1))
    sound.count = random.integer(min(max(times.least ?? 2, 2), most)...most)
    guard sound.count > 1 else { return [0] }
    sound.paceWords = (position < 0.35 ? times.fast : position > 0.65 ? times.slow : nil) ?? []
    let looseness = times.steady == true ? 0.006 : 0.07
    return (0..<sound.count).map { index in
      index == 0 ? 0 : interval * (Double(index) + looseness * random.bell())
    }
  }

  /// One of a series: nearly the same as the others, as no two steps are alike.
  private mutating func event(
    _ index: Int, of sound: SoundComposition, start: Double, seconds: Double
  ) -> CsoundScore.Event {
    let values = sound.parameters.map { drawn -> Double in
      if drawn.parameter.alternates == true { return Double(index % 2) }
      guard drawn.parameter.choices == nil, index > 0 else { return drawn.value }
      let range = drawn.parameter.range ?? [0, 1]
      let moved = drawn.value + 0.03 * (range[1] - range[0]) * random.bell()
      return min(max(moved, range[0]), range[1])
    }
    let sway = sound.count > 1 && sound.kind.place == nil ? (index % 2 == 0 ? -0.04 : 0.04) : 0
    return CsoundScore.Event(
      instrument: sound.kind.instrument, startSeconds: start, durationSeconds: seconds,
      values: [sound.from + sway, sound.to + sway] + values)
  }
}

extension SoundComposition {
  var labels: ClipLabels {
    var labels = ClipLabels(
      kind: .sound, instrument: kind.name, instruments: [kind.name], family: "sound", chords: [],
      dynamics: dynamics.rawValue, seconds: (score.seconds * 1000).rounded() / 1000)
    labels.ucs = kind.ucs
    labels.count = count > 1 ? count : nil
    labels.room = finish.room
    labels.effect = finish.effect
    labels.values = DrawnParameter.labels(parameters)
    return labels
  }
}

extension DrawnParameter {
  /// The numbers by their names, as labels have them.
  static func labels(_ parameters: [DrawnParameter]) -> [String: Double] {
    Dictionary(
      parameters.map { ($0.parameter.name, ($0.value * 1000).rounded() / 1000) },
      uniquingKeysWith: { first, _ in first })
  }
}
