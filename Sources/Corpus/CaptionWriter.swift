import Music

/// Describes a phrase in the words of someone who would ask for it: varied, and true to what sounds.
struct CaptionWriter {
  let composition: Composition
  let facts: PhraseFacts
  var random: CorpusRandom

  init(_ composition: Composition, random: CorpusRandom) {
    self.composition = composition
    self.facts = PhraseFacts(composition: composition)
    self.random = random
  }

  private static let wordLimits = 3...25

  mutating func caption() -> String {
    var text = ""
    for _ in 0..<8 {
      text = Self.tidied(sentence() + descriptions())
      if Self.wordLimits.contains(text.split(separator: " ").count) { break }
    }
    return cased(text)
  }

  private mutating func sentence() -> String {
    switch composition.kind {
    case .note: noteSentence()
    case .chord: isWorld && composition.figure == "stab" ? stabSentence() : chordSentence()
    case .drumHit: drumHitSentence()
    case .drumPattern, .drumFill: drumSentence()
    case .ensemble: ensembleSentence()
    case .sound: ""
    case .progression, .arpeggio, .melody, .riff, .bassLine: phraseSentence()
    }
  }

  // MARK: Words

  mutating func instrumentName() -> String {
    guard let instrument = composition.instrument else { return "drums" }
    return name(of: instrument)
  }

  mutating func name(of instrument: Instrument) -> String {
    instrument.aliases.isEmpty || random.chance(0.55) ? instrument.name : random.pick(instrument.aliases)
  }

  /// Up to `limit` adjectives that are true, in random order, none of which the name already says.
  mutating func adjectives(limit: Int, for name: String) -> [String] {
    var groups: [[String]] = []
    switch composition.dynamics {
    case .soft: groups.append(CaptionWords.soft)
    case .loud: groups.append(composition.kind == .ensemble ? CaptionWords.loudEnsemble : CaptionWords.loud)
    case .medium: break
    }
    if facts.isLow { groups.append(CaptionWords.low + [facts.isDeep ? CaptionWords.deep : CaptionWords.lowRegister]) }
    if facts.isHigh { groups.append(CaptionWords.high) }
    if facts.isSlow { groups.append(CaptionWords.slow) }
    if facts.isFast { groups.append(CaptionWords.fast) }
    if facts.isMidTempo && random.chance(0.2) { groups.append(CaptionWords.midTempo) }
    switch composition.articulation {
    case .staccato:
      let words = isLone ? [CaptionWords.shortNote, CaptionWords.shortNote] : CaptionWords.detached
      groups.append([CaptionWords.staccato] + words)
    case .legato: groups.append(CaptionWords.legato)
    case nil: break
    }
    if composition.kind != .ensemble, let tones = composition.instrument?.tones, !tones.isEmpty, random.chance(0.35) {
      groups.append(tones)
    }
    groups += composition.patch?.adjectives ?? []
    // Of a synthesizer, dark and bright are said of the sound.
    if composition.patch == nil, !facts.moods.isEmpty, random.chance(0.22) { groups.append(facts.moods) }
    let words = articulationFirst(random.shuffled(groups).map { random.pick($0) })
    let count =
      random.pick(weighted: [(0, 0.22), (1, 0.5), (2, 0.28)]) + (composition.patch == nil ? 0 : 1)
      + (isWorld && composition.articulation != nil && random.chance(0.5) ? 1 : 0)
    let blown: Set<Instrument.Family> = [.wind, .brass, .reed, .voice, .strings, .organ, .lead, .pad]
    let isStruck = composition.instrument.map { !blown.contains($0.family) && $0.decays } ?? true
    return words.filter { word in
      !name.lowercased().contains(word.lowercased()) && (isStruck || word != "hard-hit")
    }.prefix(min(limit, count)).map { $0 }
  }

  /// What is said last: of a synthesizer what takes more than a word, the room, the effect, where it stands.
  private mutating func descriptions() -> String {
    guard composition.patch != nil || composition.staging != nil else { return "" }
    let own = composition.patch.map { $0.descriptions(in: composition) + ($0.finish?.words ?? []) } ?? []
    let groups = own + (composition.staging?.words ?? [])
    return groups.filter { _ in random.chance(0.75) }.map { ", " + random.pick($0) }.joined()
  }

  /// A single sound, of which length is said; of a phrase it would mean the whole.
  private var isLone: Bool { composition.kind == .note || composition.kind == .chord }

  mutating func keyPhrase() -> String? {
    guard let key = composition.key, random.chance(0.62) else { return nil }
    return random.pick(weighted: [
      ("in \(key.name)", 5), ("in the key of \(key.name)", 1), ("in \(key.shortName)", key.mode == .minor ? 1.2 : 0.2),
    ])
  }

  mutating func tempoPhrase(probability: Double = 0.45) -> String? {
    guard composition.hasPulse, random.chance(probability) else { return nil }
    let tempo = composition.frame.tempo
    return random.pick(weighted: [
      ("at \(tempo) bpm", 4), ("at \(tempo) BPM", 2), ("\(tempo) bpm", 1.5), ("at a tempo of \(tempo)", 0.4),
    ])
  }

  mutating func chordsPhrase() -> String? {
    let names = facts.chordNames
    guard !names.isEmpty, names.count <= 6, random.chance(0.42) else { return nil }
    if names.count == 1 { return random.pick(["over \(names[0])", "on \(names[0])"]) }
    let list = names.joined(separator: random.pick([" ", " ", ", ", " - "]))
    return random.pick(["chords \(list)", "(\(list))", ": \(list)", "over \(list)"])
  }

  mutating func styleWord() -> String? {
    guard let style = composition.style else { return nil }
    let aliases =
      composition.kind == .ensemble
      ? EnsembleStyle.everything.first { $0.name == style }?.aliases
      : DrumStyle.everything.first { $0.name == style }?.aliases
    guard let aliases, !aliases.isEmpty, random.chance(0.4) else { return style }
    return random.pick(aliases)
  }

  // MARK: Form

  static func withArticle(_ phrase: String) -> String {
    guard !isPlural(phrase) else { return phrase }
    return (startsWithVowelSound(phrase) ? "an " : "a ") + phrase
  }

  static func isPlural(_ phrase: String) -> Bool {
    Instrument.plurals.contains { phrase == $0 || phrase.hasSuffix(" " + $0) }
      || ["chords", "arpeggios", "drums", "drumming", "percussion", "music", "stabs", "picking"].contains {
        phrase.hasSuffix($0)
      }
  }

  private static func startsWithVowelSound(_ phrase: String) -> Bool {
    guard let word = phrase.split(separator: " ").first, let first = word.first else { return false }
    // Said letter by letter: an F, an F#m, an FM electric piano, an 808.
    if first == "F", word.count == 1 || "#mM57".contains(word[word.index(after: word.startIndex)]) { return true }
    return "AEIOUaeiou8".contains(first)
  }

  static func tidied(_ text: String) -> String {
    text.split(separator: " ").joined(separator: " ").replacing(" ,", with: ",").replacing(" :", with: ":")
  }

  private mutating func cased(_ text: String) -> String {
    var result = text
    switch random.pick(weighted: [(0, 0.55), (1, 0.3), (2, 0.15)]) {
    case 1: result = result.prefix(1).uppercased() + result.dropFirst()
    case 2: result = result.lowercased()
    default: break
    }
    return random.chance(0.12) ? result + "." : result
  }
}
