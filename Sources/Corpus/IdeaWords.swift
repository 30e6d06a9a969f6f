import Music

/// What the words of a brief say of mood, style and instrument.
struct IdeaWords {
  /// The words in lower case, a blank before and behind each.
  private let text: String

  init(_ text: String) { self.text = Self.plain(text) }

  private static func plain(_ text: String) -> String {
    " " + text.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: " ") + " "
  }

  private func says(_ phrase: String) -> Bool { text.contains(Self.plain(phrase)) }

  private func says(anyOf words: [String]) -> Bool { words.contains { says($0) } }

  /// The longest of the names that is in the text: "electric piano" rather than "piano".
  private func longest<Thing>(_ things: [(names: [String], thing: Thing)]) -> Thing? {
    let named = things.flatMap { entry in entry.names.filter { says($0) }.map { ($0, entry.thing) } }
    return named.max { $0.0.count < $1.0.count }?.1
  }

  /// A style of the corpus by one of its names.
  var style: EnsembleStyle? {
    longest(EnsembleStyle.all.map { (names: [$0.name] + $0.aliases + (Self.styleWords[$0.name] ?? []), thing: $0) })
  }

  private static let styleWords = [
    "lo-fi hip hop": ["lofi", "chill", "study beats"], "jazz": ["jazzy"], "blues": ["bluesy"], "cinematic": ["epic"],
    "house": ["edm", "club"], "hip hop": ["rap", "trap"], "ambient": ["atmospheric", "ethereal"],
    "ballad": ["romantic"],
    "synthwave": ["eighties", "80s", "retro"], "rock": ["indie", "punk"],
  ]

  /// A melodic instrument of the corpus by one of its names.
  var instrument: Instrument? {
    longest(InstrumentCatalogue.all.map { (names: [$0.name] + $0.aliases, thing: $0) })
  }

  /// The modes that moods ask for, by weight; nil where they ask for none, or for both minor and major.
  var modes: [Key.Mode]? {
    let (minor, major) = (says(anyOf: Self.minorMoods), says(anyOf: Self.majorMoods))
    guard minor != major else { return nil }
    return minor ? [.minor, .dorian] : [.major, .mixolydian]
  }

  /// Where moods want the tempo to lie.
  var tempos: [ClosedRange<Int>] {
    var ranges: [ClosedRange<Int>] = []
    if says(anyOf: Self.slowMoods) { ranges.append(60...82) }
    if says(anyOf: Self.sadMoods) { ranges.append(60...90) }
    if says(anyOf: Self.gladMoods) { ranges.append(112...140) }
    if says(anyOf: Self.fastMoods) { ranges.append(124...168) }
    return ranges
  }

  // The corpus hears these moods where `PhraseFacts.moods` does, and says them so.
  private static let sadMoods = [
    "sad", "melancholic", "melancholy", "moody", "gloomy", "lonely", "somber", "sombre", "mournful", "wistful",
    "tearful",
  ]
  private static let minorMoods =
    sadMoods + [
      "dark", "dramatic", "mysterious", "haunting", "ominous", "tense", "brooding", "eerie", "sinister", "angry",
    ]
  private static let gladMoods = ["happy", "cheerful", "joyful", "upbeat", "playful"]
  private static let majorMoods =
    gladMoods + ["bright", "sunny", "uplifting", "hopeful", "triumphant", "calm", "peaceful", "sweet", "optimistic"]
  private static let slowMoods = [
    "slow", "calm", "peaceful", "relaxed", "relaxing", "sleepy", "gentle", "downtempo", "meditative", "mournful",
  ]
  private static let fastMoods = ["fast", "energetic", "driving", "uptempo", "frantic", "aggressive", "rapid"]
}
