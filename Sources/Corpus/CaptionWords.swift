/// The adjectives that captions have, by what they say.
enum CaptionWords {
  static let soft = ["soft", "quiet", "gentle", "subdued"]
  static let loudEnsemble = ["loud", "powerful"]
  static let loud = ["loud", "strong", "hard-hit"]
  static let softHit = ["soft", "quiet", "light"]
  static let loudHit = ["loud", "hard", "strong"]
  static let low = ["low", "low-pitched"]
  static let lowRegister = "low-register"
  static let deep = "deep"
  static let high = ["high", "high-pitched", "high-register"]
  static let slow = ["slow", "slow"]
  static let fast = ["fast", "quick", "fast-paced"]
  static let midTempo = ["mid-tempo"]
  static let shortNote = "short"
  static let detached = ["detached", "clipped"]
  static let staccato = "staccato"
  static let legato = ["legato", "smooth", "flowing"]
  static let held = ["long", "sustained", "held"]
  static let darkLoud = ["dark", "dramatic"]
  static let sad = ["sad", "melancholic", "moody"]
  static let dark = ["dark", "moody"]
  static let cheerful = ["cheerful"]
  static let happy = ["happy", "cheerful", "upbeat"]
  static let calm = ["calm", "peaceful"]
}

/// What the corpus calls things, group by group: which words of captions belong together.
public enum CorpusWords {
  /// A word or several, what they are about, and what they are another name of.
  public struct Entry: Sendable, Equatable {
    public let group: String
    public let name: String
    public let text: String
  }

  /// Every name, the usual one of each thing first. A word that several groups have is in the first of them.
  public static let all: [Entry] = {
    var entries: [Entry] = []
    for instrument in InstrumentCatalogue.all { entries += named("instrument", instrument.name, instrument.aliases) }
    for voice in DrumVoice.allCases { entries += named("drum", voice.names[0], voice.names) }
    entries += named("drum", "drums", ["drum kit", "percussion", "808 drums", "brushed drums", "electronic drums"])
    for style in EnsembleStyle.everything { entries += named("style", style.name, style.aliases) }
    for style in DrumStyle.everything { entries += named("drum style", style.name, style.aliases) }
    for (group, words) in adjectives { entries += words.map { Entry(group: group, name: $0, text: $0) } }
    for instrument in InstrumentCatalogue.all {
      entries += instrument.tones.map { Entry(group: "tone", name: $0, text: $0) }
    }
    entries += synthesis + sounds + surroundings + figures
    var seen: Set<String> = []
    return entries.filter { seen.insert($0.text.lowercased()).inserted }
  }()

  /// Synthesizers, and what is said of their numbers.
  private static var synthesis: [Entry] {
    var (entries, words): ([Entry], [String]) = ([], [])
    for family in Orchestra.synths {
      entries += named("instrument", family.name, family.aliases)
      for parameter in family.parameters { words += parameter.allWords }
    }
    return entries + each("tone", words)
  }

  /// Sounds for games and film, one by one and in series, and what is said of theirs.
  private static var sounds: [Entry] {
    var (entries, words): ([Entry], [String]) = ([], [])
    for kind in Orchestra.sounds {
      entries += named("sound", kind.name, kind.names + (kind.times?.series ?? []))
      for parameter in kind.parameters { words += parameter.allWords }
      words += (kind.times?.fast ?? []) + (kind.times?.slow ?? [])
    }
    return entries + each("tone", words)
  }

  /// Rooms, effects, and where a sound is.
  private static var surroundings: [Entry] {
    var entries: [Entry] = []
    for choice in Orchestra.finishes {
      entries += choice.words.map { Entry(group: "room", name: choice.name, text: $0) }
    }
    return entries + each("room", Staging.allWords)
  }

  /// What the notes do, and in which metre.
  private static var figures: [Entry] {
    var words = ["stab", "chord stab"]
    for (_, nouns) in CaptionWriter.figureNouns.sorted(by: { $0.key < $1.key }) { words += nouns }
    for (metre, _) in WorldPatterns.metres { words += WorldPatterns.bass(in: metre).compactMap(\.name) }
    for (_, phrases) in CaptionWriter.metreWords.sorted(by: { $0.key < $1.key }) { words += phrases }
    return each("form", words)
  }

  private static func each(_ group: String, _ words: [String]) -> [Entry] {
    words.map { Entry(group: group, name: $0, text: $0) }
  }

  private static func named(_ group: String, _ name: String, _ others: [String]) -> [Entry] {
    [Entry(group: group, name: name, text: name)] + others.map { Entry(group: group, name: name, text: $0) }
  }

  private static let adjectives: [(String, [String])] = [
    ("mood", CaptionWords.darkLoud + CaptionWords.sad + CaptionWords.happy + CaptionWords.calm),
    (
      "dynamics",
      CaptionWords.soft + CaptionWords.loud + CaptionWords.loudEnsemble + CaptionWords.softHit + CaptionWords.loudHit
    ),
    (
      "articulation",
      [CaptionWords.staccato, CaptionWords.shortNote] + CaptionWords.detached + CaptionWords.legato + CaptionWords.held
    ),
    ("register", CaptionWords.low + [CaptionWords.lowRegister, CaptionWords.deep] + CaptionWords.high),
    ("tempo", CaptionWords.slow + CaptionWords.fast + CaptionWords.midTempo),
    (
      "form",
      [
        "melody", "tune", "melodic phrase", "melodic line", "riff", "hook", "lick", "chord", "chords",
        "chord progression", "chord sequence", "chord loop", "arpeggio", "arpeggios", "arpeggiated chords",
        "arpeggio pattern", "bass line", "bass groove", "note", "tone", "one-shot", "drum beat", "drum pattern",
        "drum loop", "drum groove", "drum fill", "drum roll", "drum rhythm", "beat", "rhythm", "groove", "loop",
        "track",
        "phrase", "excerpt", "piece", "music", "band",
      ]
    ),
  ]
}
