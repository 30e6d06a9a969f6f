import Music

extension CaptionWriter {
  mutating func noteSentence() -> String {
    let name = instrumentName()
    var words = adjectives(limit: 2, for: name)
    let instrument = composition.instrument
    if instrument?.decays == false && facts.firstNoteSeconds > 1.6 && random.chance(0.4) {
      words.append(random.pick(CaptionWords.held))
    }
    let adjectives = words.joined(separator: " ")
    guard let pitch = facts.noteName else {
      return random.pick([
        "one \(adjectives) \(name)", "\(adjectives) \(name) one-shot", "a single \(adjectives) \(name)",
      ])
    }
    let noun = random.pick(["note", "single note", "note", "tone"])
    return switch random.integer(0...7) {
    case 0: "\(adjectives) \(name) \(noun), \(pitch)"
    case 1: "\(name) playing \(Self.withArticle("\(adjectives) \(pitch)".trimmed))"
    case 2: "\(Self.withArticle("\(adjectives) \(noun)".trimmed)) on \(Self.withArticle(name))"
    case 3: "\(adjectives) \(pitch) on \(Self.withArticle(name))"
    case 4: "one \(adjectives) \(name) note"
    case 5: "\(name), \(noun) \(pitch)" + (words.isEmpty ? "" : ", " + words.joined(separator: ", "))
    case 6: "\(adjectives) \(name) one-shot, \(pitch)"
    default: "\(pitch) played on \(Self.withArticle(name))" + (words.isEmpty ? "" : ", " + adjectives)
    }
  }

  mutating func chordSentence() -> String {
    let name = instrumentName()
    var words = adjectives(limit: 2, for: name)
    if composition.instrument?.decays == false && facts.firstNoteSeconds > 1.6 && random.chance(0.4) {
      words.append(random.pick(["sustained", "held", "long"]))
    }
    let adjectives = words.joined(separator: " ")
    let short = facts.chordNames.first ?? ""
    let chord = composition.chords[0].chord
    let root = chord.root.name(preferringFlats: PhraseFacts.usuallyFlat(chord))
    let long = "\(root) \(chord.quality.spokenName)"
    let label = random.chance(0.5) ? short : long
    return switch random.integer(0...6) {
    case 0: "\(adjectives) \(name) chord, \(label)"
    case 1: "\(Self.withArticle("\(adjectives) \(label)".trimmed)) chord on \(Self.withArticle(name))"
    case 2: "\(adjectives) \(label) chord played on \(Self.withArticle(name))"
    case 3: "\(name) \(label) chord" + (words.isEmpty ? "" : ", " + words.joined(separator: ", "))
    case 4: "\(name) playing \(Self.withArticle("\(adjectives) \(long)".trimmed)) chord"
    case 5: "a single \(adjectives) \(name) chord (\(short))"
    default: "\(adjectives) \(long) chord, \(name)"
    }
  }

  /// What a pulsed phrase is called; the second value is without the instrument's own word, as in "slap bass line".
  private mutating func phraseNoun(name: String) -> String {
    switch composition.kind {
    case .progression:
      return random.pick(["chords", "chord progression", "chord sequence", "chords", "chord loop"])
    case .arpeggio: return random.pick(["arpeggio", "arpeggios", "arpeggiated chords", "arpeggio pattern"])
    case .melody: return random.pick(["melody", "melody", "tune", "melodic phrase", "melodic line"])
    case .riff: return random.pick(["riff", "riff", "repeating riff", "hook", "lick"])
    default: return random.pick(["bass line", "bassline", "bass line", "bass groove"])
    }
  }

  /// Instrument and noun side by side, saying "bass" once: "slap bass line", "tuba bass line".
  private func joined(_ name: String, _ noun: String) -> String {
    guard composition.kind == .bassLine, name.hasSuffix("bass") || name.contains("bass ") else {
      return "\(name) \(noun)"
    }
    return noun.hasPrefix("bass ") ? name + noun.dropFirst(4) : name + " line"
  }

  mutating func phraseSentence() -> String {
    let name = instrumentName()
    let noun = figureNoun() ?? phraseNoun(name: name)
    var words = adjectives(limit: 2, for: name)
    if let figure = composition.figure, !isWorld || Self.figureNouns[figure] == nil, random.chance(0.7) {
      if !words.contains(figure) { words.append(figure) }
    }
    if let style = composition.style, random.chance(0.6) { words.append(style) }
    let adjectives = words.joined(separator: " ")
    let key = keyPhrase()
    let tempo = tempoPhrase()
    let chords = chordsPhrase()
    let metre = metrePhrase()
    let tail = random.shuffled([key, tempo, metre].compactMap { $0 }).joined(separator: random.chance(0.8) ? " " : ", ")
    let chordTail = chords.map { $0.hasPrefix("(") || $0.hasPrefix(":") ? " " + $0 : ", " + $0 } ?? ""
    let bare = Self.withArticle("\(adjectives) \(noun)".trimmed)
    switch random.integer(0...6) {
    case 0, 1: return "\(adjectives) \(joined(name, noun)) \(tail)\(chordTail)"
    case 2: return "\(bare) on \(Self.withArticle(name)) \(tail)\(chordTail)"
    case 3: return "\(performer() ?? name) playing \(bare) \(tail)\(chordTail)"
    case 4: return "\(bare) played on \(Self.withArticle(name))" + (tail.isEmpty ? "" : ", " + tail) + chordTail
    case 5: return tagSentence(name: name, noun: noun, words: words)
    default:
      guard let musicalKey = composition.key, random.chance(0.6) else {
        return "\(composition.frame.tempo) bpm \(adjectives) \(joined(name, noun)) \(key ?? "")\(chordTail)"
      }
      return "\(adjectives) \(musicalKey.name) \(joined(name, noun)) \(tempo ?? "")\(chordTail)"
    }
  }

  /// Now and then someone who plays the instrument, instead of the instrument itself.
  private mutating func performer() -> String? {
    guard let instrument = composition.instrument, ![.lead, .pad, .voice].contains(instrument.family),
      !Self.isPlural(instrument.name), random.chance(0.3)
    else { return nil }
    return random.pick([
      Self.withArticle("\(instrument.name) player"), "someone on \(Self.withArticle(instrument.name))",
    ])
  }

  private mutating func tagSentence(name: String, noun: String, words: [String]) -> String {
    var tags = [noun] + words
    if let key = composition.key, random.chance(0.65) { tags.append(random.pick([key.name, key.name, key.shortName])) }
    if random.chance(0.55) {
      tags.append(random.pick(["\(composition.frame.tempo) bpm", "\(composition.frame.tempo)bpm"]))
    }
    if let metre = metrePhrase() { tags.append(metre.replacing("in ", with: "")) }
    let names = facts.chordNames
    if (2...5).contains(names.count), random.chance(0.35) { tags.append(names.joined(separator: " ")) }
    return ([name] + random.shuffled(tags)).joined(separator: ", ")
  }
}

extension String {
  /// Without spaces at either end, which empty words leave behind.
  var trimmed: String { split(separator: " ").joined(separator: " ") }
}
