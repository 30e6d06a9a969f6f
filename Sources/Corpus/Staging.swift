import Music

/// How a phrase of several soundfonts is put before two ears: which one plays, where its parts stand, how wide they are, in
/// what room.
struct Staging: Sendable, Equatable {
  /// The soundfonts, by the names that captions may call them.
  enum Soundfont: String, CaseIterable, Sendable {
    case fluid = "FluidR3"
    case museScore = "MuseScore General"

    var words: [String] {
      switch self {
      case .fluid: ["FluidR3 soundfont", "Fluid soundfont"]
      case .museScore: ["MuseScore soundfont", "MuseScore General soundfont"]
      }
    }
  }

  /// How much of what lies beside the middle is heard, and what is said of that.
  private static let widths: [(value: (side: Double, spread: Double, words: [String]), weight: Double)] = [
    ((1, 0, []), 11), ((0.3, 0, ["narrow", "narrow stereo"]), 1), ((0, 0, ["in mono", "mono"]), 1),
    ((1.5, 0.7, ["wide", "in wide stereo", "wide stereo"]), 2),
  ]
  /// Where a phrase of one player stands, 0 on the left, and what is said of that.
  private static let places: [(value: (range: ClosedRange<Double>, words: [String]), weight: Double)] = [
    ((0.46...0.54, []), 12), ((0.1...0.24, ["on the left", "panned left", "from the left"]), 1),
    ((0.76...0.9, ["on the right", "panned right", "from the right"]), 1),
  ]
  /// How often a caption says which soundfont is heard.
  private static let soundfontChance = 0.05

  let soundfont: Soundfont
  var place = 0.5
  let side: Double
  let spread: Double
  /// Decibels above 2.5 kHz.
  let tilt: Double
  /// Where each part stands, as MIDI's controller 10 has it: 64 in the middle.
  let partPans: [Int]
  /// Every way of saying where a sound is and how wide.
  static var allWords: [String] { widths.flatMap(\.value.words) + places.flatMap(\.value.words) + ["all around"] }

  /// A kit of a soundfont: one of those of its kind, tuned.
  struct TunedKit: Sendable, Equatable {
    var program: Int
    var semitones: Int
  }

  /// nil where no soundfont plays drums.
  let kit: TunedKit?
  let machine: DrumMachine?
  let finish: Finish
  /// Groups of descriptions, any one of each of which may be said last.
  let words: [[String]]
  /// What chance in the orchestra comes from.
  let seed: Int

  init(_ composition: Composition, random: inout CorpusRandom) {
    soundfont = random.pick(Soundfont.allCases)
    let isBand = composition.parts.count > 1
    let width = random.pick(weighted: Self.widths.map { ($0.value, $0.weight) })
    (side, spread) = (width.side, width.spread)
    var words: [[String]] = width.words.isEmpty ? [] : [width.words]
    let standing = random.pick(weighted: Self.places.map { ($0.value, $0.weight) })
    if !isBand, width.side > 0.5 {
      place = random.uniform(standing.range.lowerBound, standing.range.upperBound)
      if !standing.words.isEmpty { words = [standing.words] }
    }
    tilt = 2.2 * random.bell()
    let isMirrored = random.chance(0.5)
    let reach = random.uniform(0.3, 1)
    partPans = composition.parts.map { part in
      let offset = isBand ? part.role.place * reach * (isMirrored ? -1 : 1) : 0
      return min(max(64 + Int((offset * 64).rounded()), 0), 127)
    }
    let drums = composition.parts.compactMap { part -> DrumKit? in
      if case .kit(let kit) = part.player { kit } else { nil }
    }.first
    // The 808 of the soundfonts is heard too.
    let isBuilt = drums == .tr909 || drums == .tr808 && random.chance(0.6)
    machine = isBuilt ? drums.map { DrumMachine($0, random: &random) } : nil
    kit =
      isBuilt
      ? nil
      : drums.map { kit in
        let program = random.pick(kit.variants)
        let tunings = [(0, 4), (-1, 1.5), (1, 1.5), (-2, 1), (2, 1), (-3, 0.5)]
        return TunedKit(program: program, semitones: random.pick(weighted: tunings))
      }
    let tones = composition.instrument?.tones ?? []
    let short = composition.articulation == .staccato ? ["short", "dry"] : []
    let finish = Finish(
      hasRoom: true, effectChance: 0.25, words: Set(tones + short),
      secondsPerBeat: composition.hasPulse ? composition.frame.secondsPerBeat : nil, random: &random)
    // What lies beside the middle by chorus, echoes, tape or a room is neither narrow nor mono.
    let fields = ["chorus", "delayLevel", "tape", "roomLevel"].compactMap(Finish.fields.firstIndex(of:))
    if side < 1, fields.contains(where: { finish.values[$0] > 0 }) { words = [] }
    words += finish.words
    self.finish = finish
    if !isBuilt, random.chance(Self.soundfontChance) { words.append(soundfont.words) }
    self.words = words
    seed = random.integer(1...0x3FFF_FFFF)
  }

  /// A part's controllers in the notes' file, beside its volume.
  func controls(part index: Int, isKit: Bool, channel: Int) -> [MIDIFile.ControlChange] {
    var pairs = [(10, partPans[index])]
    // Registered parameter 2 is coarse tuning, in semitones around 64.
    if isKit, let kit, kit.semitones != 0 { pairs += [(101, 0), (100, 2), (6, 64 + kit.semitones)] }
    return pairs.map { .init(channel: channel, controller: $0.0, value: $0.1) }
  }
}

extension Composition.Role {
  /// Where a band has it, −1 left to 1 right; half of all bands are mirrored.
  var place: Double {
    switch self {
    case .solo, .drums, .bass: 0
    case .chords: -0.55
    case .lead: 0.4
    }
  }
}

extension Composition {
  /// What Csound makes of a staged phrase: what FluidSynth played, the drum machine, room and effect.
  var stagedScore: CsoundScore? {
    guard let staging else { return nil }
    var events: [CsoundScore.Event] = []
    if playedFile != nil {
      events.append(
        CsoundScore.Event(
          instrument: "Played", startSeconds: 0, durationSeconds: seconds,
          values: [staging.place, staging.side, staging.spread, staging.tilt]))
    }
    if let machine = staging.machine {
      for part in parts where part.player.isKit {
        events += machine.events(of: part.notes, secondsPerBeat: frame.secondsPerBeat, seconds: seconds)
      }
    }
    return CsoundScore(seed: staging.seed, seconds: seconds, events: events, finish: staging.finish.values)
  }

  /// What FluidSynth plays of a staged phrase; nil where a machine plays all of it.
  var playedFile: MIDIFile? {
    guard let staging else { return nil }
    var file = midiFile(title: "")
    if staging.machine != nil {
      file.tracks = zip(file.tracks, parts).filter { !$1.player.isKit }.map(\.0)
    }
    return file.tracks.isEmpty ? nil : file
  }
}
