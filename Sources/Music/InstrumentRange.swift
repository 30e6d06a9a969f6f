/// Which notes instruments play, by the words that prompts have for them.
public enum InstrumentRange {
  /// The MIDI keys that the instruments a prompt names have between them, from the lowest to the highest; nil where it names
  /// none that is known.
  ///
  ///     InstrumentRange.keys(of: "a solo violin melody")  // 55...93
  public static func keys(of prompt: String) -> ClosedRange<Int>? {
    let words = words(of: prompt)
    var found: ClosedRange<Int>?
    var index = 0
    while index < words.count {
      // The longest name that begins here: an "electric bass" is no "electric" anything.
      let lengths = (1...longestName).reversed().filter { index + $0 <= words.count }
      let match = lengths.lazy.compactMap { length in
        byName[words[index..<index + length].joined(separator: " ")].map { ($0, length) }
      }.first
      if let (range, length) = match {
        found = found.map { min($0.lowerBound, range.lowerBound)...max($0.upperBound, range.upperBound) } ?? range
        index += length
      } else {
        index += 1
      }
    }
    return found
  }

  /// Words in lower case, hyphens and plurals away: what names are found by.
  private static func words(of text: String) -> [String] {
    text.lowercased().split { !$0.isLetter && !$0.isNumber }.map { word in
      word.count > 3 && word.hasSuffix("s") && !word.hasSuffix("ss") ? String(word.dropLast()) : String(word)
    }
  }

  private static let byName: [String: ClosedRange<Int>] = {
    var byName: [String: ClosedRange<Int>] = [:]
    for (names, range) in table {
      for name in names.split(separator: ",") { byName[words(of: String(name)).joined(separator: " ")] = range }
    }
    return byName
  }()

  private static let longestName = byName.keys.map { $0.split(separator: " ").count }.max() ?? 1

  /// Names, and the MIDI keys in which they sound well, as the composer of the training set uses them
  /// (`Corpus/InstrumentCatalogue`).
  private static let table: [(names: String, keys: ClosedRange<Int>)] = [
    ("piano, grand, pianoforte, keys, keyboard", 33...93), ("electric piano, Rhodes, Wurlitzer, EP", 38...88),
    ("harpsichord, clavinet, clav", 40...86), ("celesta", 60...96), ("glockenspiel", 72...100),
    ("music box", 60...91), ("vibraphone, vibes", 53...86), ("marimba", 45...86), ("xylophone", 62...98),
    ("tubular bells, chimes, bells", 57...84), ("dulcimer, zither", 50...84), ("kalimba, thumb piano", 55...86),
    ("steel drums, steelpan", 54...84), ("timpani, kettledrums", 38...57),
    ("organ, church organ, pipe organ, Hammond", 36...88), ("reed organ, harmonium", 41...84),
    ("accordion, bandoneon, concertina", 48...88), ("harmonica, mouth organ", 60...86),
    ("guitar", 38...81), ("guitar harmonics", 76...103), ("sitar", 48...77), ("banjo", 50...76),
    ("ukulele, mandolin", 55...88), ("shamisen", 50...79), ("koto, guzheng", 48...84), ("lute, oud", 40...79),
    ("bass, bass guitar, electric bass, slap bass, synth bass, bassline", 28...57),
    ("upright bass, double bass, contrabass, acoustic bass, string bass", 28...55), ("bass lead", 33...72),
    ("violin, fiddle", 55...93), ("viola", 48...81), ("cello, violoncello", 36...72),
    ("strings, string ensemble, string section, string quartet, orchestra", 40...88), ("harp", 36...88),
    ("choir, chorus, voice, vocal, oohs, aahs", 43...79), ("soprano", 60...84), ("tenor", 48...69),
    ("trumpet, cornet, flugelhorn", 54...84), ("trombone", 40...70), ("tuba", 29...55),
    ("french horn, horn", 41...74), ("brass, brass section, synth brass", 43...80),
    ("soprano sax, soprano saxophone", 56...86), ("sax, saxophone, alto sax, alto saxophone", 49...80),
    ("tenor sax, tenor saxophone", 44...76), ("baritone sax, baritone saxophone", 36...68), ("oboe", 58...88),
    ("english horn, cor anglais", 52...80), ("bassoon", 34...69), ("clarinet", 50...88),
    ("bass clarinet", 38...77), ("piccolo", 74...100), ("flute", 60...93), ("recorder", 60...88),
    ("pan flute, pan pipes", 60...88), ("bottle", 55...84), ("shakuhachi", 55...84),
    ("whistle, whistling, tin whistle", 67...91), ("ocarina", 60...88), ("bagpipe", 57...79),
    ("shanai, shehnai, zurna", 57...81), ("synth lead, lead, synth, synthesizer, polysynth", 45...91), ("pad", 43...84),
  ]
}
