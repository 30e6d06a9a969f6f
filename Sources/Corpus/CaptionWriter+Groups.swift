import Music

extension CaptionWriter {
  private var kit: DrumKit? {
    for case .kit(let kit) in composition.parts.map(\.player) { return kit }
    return nil
  }

  mutating func drumHitSentence() -> String {
    guard let voice = composition.drum else { return "drum hit" }
    let name = random.pick(voice.names)
    let isKitDrum = voice.rawValue <= DrumVoice.rideBell.rawValue
    var words: [String] = []
    if composition.dynamics == .soft { words.append(random.pick(CaptionWords.softHit)) }
    if composition.dynamics == .loud { words.append(random.pick(CaptionWords.loudHit)) }
    if isKitDrum, let kit, kit.isMachine { words.append(kit.rawValue) }
    if isKitDrum && kit == .electronic { words.append("electronic") }
    let full = (words + [name]).joined(separator: " ")
    return switch random.integer(0...5) {
    case 0: "\(full), single hit"
    case 1: "\(full) one-shot sample"
    case 2: "\(Self.withArticle("single \(full)")) sound"
    case 3: "one hit of \(Self.withArticle(full))"
    case 4: "\(full) drum hit sample".replacing("drum drum", with: "drum")
    default: "percussion one-shot: \(full)"
    }
  }

  mutating func drumSentence() -> String {
    let isFill = composition.kind == .drumFill
    var noun =
      isFill
      ? random.pick(["drum fill", "drum fill with toms", "drum fill ending on a crash", "drum roll and crash"])
      : random.pick([
        "drum beat", "drum pattern", "drum loop", "drums", "drum groove", "drum kit groove", "drumming", "drum rhythm",
        hasKickAndSnare ? "kick and snare beat" : "rhythm",
      ])
    if isFill && !hasToms && noun.contains("toms") { noun = "drum fill" }
    if let figure = figureNoun() { noun = figure }
    if isWorld, keysStruck == [DrumVoice.kick.rawValue] { noun = random.pick(["kick drum loop", "kick drum pattern"]) }
    if composition.style == "latin" || composition.style == "samba", random.chance(0.5) {
      noun = random.pick(["percussion loop", "percussion groove", "percussion"])
    }
    var words = adjectives(limit: 2, for: noun)
    words.removeAll { $0 == "hard-hit" && random.chance(0.5) }
    let style = styleWord()
    let machine = machinePhrase(kit)
    if let machine { noun += " " + machine } else if let kitWord = kitAdjective() { words.append(kitWord) }
    let tempo = tempoPhrase(probability: 0.6)
    let styled = ([style].compactMap { $0 } + [noun]).joined(separator: " ")
    let adjectives = words.joined(separator: " ")
    let brushes = kit == .brush && random.chance(0.6) ? " played with brushes" : ""
    let metre =
      composition.frame.timeSignature == .common || random.chance(0.3)
      ? "" : " in \(composition.frame.timeSignature.name)"
    let played = "\(adjectives) \(style ?? "") \(composition.figure ?? (isFill ? "fill" : "groove"))\(metre)".trimmed
    switch random.integer(0...5) {
    case 0, 1: return "\(adjectives) \(styled)\(metre)\(brushes) \(tempo ?? "")"
    case 2: return "\(Self.withArticle("\(adjectives) \(styled)".trimmed))\(metre)\(brushes) \(tempo ?? "")"
    case 3:
      let tags = [style, noun] + words.map { $0 } + [random.chance(0.6) ? "\(composition.frame.tempo) bpm" : nil]
      return tags.compactMap { $0 }.joined(separator: ", ") + brushes
    case 4: return "\(composition.frame.tempo) bpm \(adjectives) \(styled)\(metre)\(brushes)"
    default:
      return
        "drum kit playing \(Self.withArticle(played)) \(tempo ?? "")"
    }
  }

  private var hasToms: Bool { !keysStruck.isDisjoint(with: [DrumVoice.lowTom, .midTom, .highTom].map(\.rawValue)) }

  private var hasKickAndSnare: Bool { keysStruck.isSuperset(of: [DrumVoice.kick, .snare].map(\.rawValue)) }

  private var keysStruck: Set<Int> { Set(composition.parts.flatMap { $0.notes.map(\.key) }) }

  private mutating func kitAdjective() -> String? {
    switch kit {
    case .tr808: random.chance(0.7) ? "808" : "drum machine"
    case .tr909: random.chance(0.75) ? "909" : "drum machine"
    case .orchestra: random.chance(0.5) ? "orchestral" : nil
    case .electronic: random.chance(0.6) ? "electronic" : nil
    case .standard, .room, .power: random.chance(0.15) ? "acoustic" : nil
    default: nil
    }
  }

  // MARK: Ensembles

  mutating func ensembleSentence() -> String {
    let style = styleWord() ?? "small band"
    let hasDrums = composition.parts.contains { $0.role == .drums }
    let words = adjectives(limit: 2, for: style)
    let adjectives = words.joined(separator: " ")
    let list = playerList()
    let noun: String
    if composition.style == "ambient" || composition.style == "cinematic" || composition.style == "chamber" {
      noun = random.pick(["music", "piece", "excerpt"])
    } else {
      noun =
        hasDrums
        ? random.pick(["groove", "band", "loop", "groove", "track"]) : random.pick(["music", "loop", "phrase"])
    }
    let metre = metrePhrase()
    let tail = random.shuffled([keyPhrase(), tempoPhrase(), metre].compactMap { $0 }).joined(separator: " ")
    let chords =
      random.chance(0.5) ? chordsPhrase().map { $0.hasPrefix("(") || $0.hasPrefix(":") ? " " + $0 : ", " + $0 } : nil
    switch random.integer(0...6) {
    case 0, 1: return "\(adjectives) \(style) \(noun) with \(Self.listed(list)) \(tail)\(chords ?? "")"
    case 2: return "\(Self.listed(list)) playing \(adjectives) \(style) \(tail)\(chords ?? "")"
    case 3:
      let numbers = [composition.key?.name, "\(composition.frame.tempo) bpm"].filter { _ in random.chance(0.6) }
      return ([style] + random.shuffled(words + list) + numbers.compactMap { $0 }).joined(separator: ", ")
    case 4: return "\(adjectives) \(style) \(noun) \(tail), \(Self.listed(list))"
    case 5:
      return leadSentence(style: style, adjectives: adjectives, tail: tail)
        ?? "\(adjectives) \(style) \(noun) with \(Self.listed(list)) \(tail)"
    default: return "\(Self.withArticle("\(adjectives) \(style) \(noun)".trimmed)) \(tail)"
    }
  }

  private mutating func leadSentence(style: String, adjectives: String, tail: String) -> String? {
    guard let lead = instrument(of: .lead) else { return nil }
    let leadName = name(of: lead)
    var backing: [String] = []
    if let chords = instrument(of: .chords) { backing.append(name(of: chords) + " chords") }
    if instrument(of: .bass) != nil { backing.append("bass") }
    if composition.parts.contains(where: { $0.role == .drums }) { backing.append("drums") }
    return "\(adjectives) \(style), \(leadName) melody over \(Self.listed(backing)) \(tail)"
  }

  private func instrument(of role: Composition.Role) -> Instrument? {
    for part in composition.parts where part.role == role {
      if case .instrument(let instrument, _) = part.player { return instrument }
    }
    return nil
  }

  /// The players by name, the drums as drums.
  private mutating func playerList() -> [String] {
    let names = composition.parts.map { part in
      switch part.player {
      case .instrument(let instrument, _): name(of: instrument)
      case .kit(.tr808): "808 drums"
      case .kit(.tr909): "909 drums"
      case .kit(.brush): "brushed drums"
      case .kit(.electronic): "electronic drums"
      case .kit: "drums"
      }
    }
    return random.shuffled(names)
  }

  private static func listed(_ words: [String]) -> String {
    guard words.count > 1, let last = words.last else { return words.first ?? "" }
    return words.dropLast().joined(separator: ", ") + " and " + last
  }
}
