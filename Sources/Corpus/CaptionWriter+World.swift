import Music

/// What captions of part `music` say besides.
extension CaptionWriter {
  var isWorld: Bool { composition.repertoire == .world }

  /// Nouns for what has a name of its own.
  static let figureNouns: [String: [String]] = [
    "fingerpicked": [
      "fingerpicking", "fingerpicking pattern", "fingerpicked chords", "fingerstyle pattern", "fingerpicked arpeggio",
      "picking pattern",
    ],
    "stabs": ["stabs", "chord stabs", "short chord stabs", "stab pattern"],
    "build": ["drum build-up", "drum build", "build-up", "roll that builds up", "drum riser"],
    "ending": ["drum ending", "drum outro", "last fill and final crash", "ending with a final crash"],
  ]

  static let metreWords: [String: [String]] = [
    "3/4": ["in 3/4", "in 3/4", "in three-four time", "in waltz time"],
    "6/8": ["in 6/8", "in 6/8", "in 6/8 time", "in six-eight"],
    "12/8": ["in 12/8", "in 12/8", "in 12/8 time", "in twelve-eight"],
  ]

  mutating func figureNoun() -> String? {
    guard isWorld, let figure = composition.figure, let nouns = Self.figureNouns[figure] else { return nil }
    return random.pick(nouns)
  }

  /// The metre, where it is not the usual one.
  mutating func metrePhrase(probability: Double = 0.7) -> String? {
    guard isWorld, composition.hasPulse, let words = Self.metreWords[composition.frame.timeSignature.name],
      random.chance(probability)
    else { return nil }
    return random.pick(words)
  }

  /// The groups of words with that of the articulation first, which would be heard too seldom otherwise.
  mutating func articulationFirst(_ words: [String]) -> [String] {
    guard isWorld, let articulation = composition.articulation, random.chance(0.7) else { return words }
    let own: [String]
    switch articulation {
    case .staccato: own = [CaptionWords.staccato, CaptionWords.shortNote] + CaptionWords.detached
    case .legato: own = CaptionWords.legato
    }
    return words.filter(own.contains) + words.filter { !own.contains($0) }
  }

  mutating func stabSentence() -> String {
    let name = instrumentName()
    let adjectives = adjectives(limit: 1, for: name).joined(separator: " ")
    let chord = composition.chords[0].chord
    let root = chord.root.name(preferringFlats: PhraseFacts.usuallyFlat(chord))
    let label = random.chance(0.5) ? facts.chordNames.first ?? "" : "\(root) \(chord.quality.spokenName)"
    return switch random.integer(0...6) {
    case 0: "\(adjectives) \(name) stab, \(label)"
    case 1: "single \(adjectives) \(name) chord stab"
    case 2: "\(label) stab on \(Self.withArticle(name))"
    case 3: "\(adjectives) \(name) stab one-shot"
    case 4: "\(name), short \(label) stab"
    case 5: "\(adjectives) \(label) chord stab, \(name)"
    default: "one short \(name) stab"
    }
  }

  /// What is said of a kit of oscillators, behind the noun.
  mutating func machinePhrase(_ kit: DrumKit?) -> String? {
    guard isWorld, let kit, kit.isMachine, random.chance(0.3) else { return nil }
    let number = kit.rawValue
    return random.pick(["with \(Self.withArticle("\(number) kick"))", "on \(Self.withArticle("TR-\(number)"))"])
  }
}
