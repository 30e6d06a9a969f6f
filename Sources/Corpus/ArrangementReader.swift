/// Reads the words of an arrangement.
struct ArrangementReader {
  private let sections: [Idea.Section]
  private let barCount: Int
  private let words: [String]
  /// Which words of the text these are, counted from 1.
  private let places: [Int]
  private var next = 0

  private static let roles: [String: [IdeaStem.Role]] = [
    "drums": [.drums], "drum": [.drums], "beat": [.drums], "bass": [.bass], "chords": [.chords], "chord": [.chords],
    "lead": [.lead], "melody": [.lead], "everything": IdeaStem.Role.allCases, "all": IdeaStem.Role.allCases,
  ]
  private static let ordinals = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth"]
  private static let fillers: Set = ["the", "play", "plays", "playing"]

  init(_ text: String, sections: [Idea.Section], bars: Int) {
    (self.sections, barCount) = (sections, bars)
    // Hyphens and dashes between numbers are words, as commas are.
    var spaced = ""
    for character in text.lowercased() {
      switch character {
      case ",", ";", "\n": spaced += " , "
      case "–", "—": spaced += " - "
      case "-": spaced += spaced.last?.isNumber == true ? " - " : "-"
      default: spaced.append(character)
      }
    }
    var (words, places, place) = ([String](), [Int](), 0)
    for word in spaced.split(whereSeparator: \.isWhitespace).map(String.init) {
      if word != ",", word != "-", words.last != "-" { place += 1 }
      guard !Self.fillers.contains(word) else { continue }
      words.append(word)
      places.append(place)
    }
    (self.words, self.places) = (words, places)
  }

  private var word: String? { next < words.count ? words[next] : nil }

  /// Passes over a word if it is one of these.
  private mutating func takes(_ wanted: String...) -> Bool {
    guard let word, wanted.contains(word) else { return false }
    next += 1
    return true
  }

  private func wrong() -> ArrangementError {
    guard let word else { return words.isEmpty ? .empty : .ends(behind: words[words.count - 1]) }
    return .notUnderstood(word, place: places[next])
  }

  mutating func rules() throws(ArrangementError) -> [Arrangement.Rule] {
    var rules: [Arrangement.Rule] = []
    repeat { rules.append(try clause()) } while takes(",", "and", "but") && word != nil
    guard word == nil else { throw wrong() }
    return rules
  }

  private mutating func clause() throws(ArrangementError) -> Arrangement.Rule {
    var sense = Arrangement.Rule.Sense.there
    if takes("no", "without") { sense = .notThere } else if takes("only", "just") { sense = .alone }
    var roles = try role()
    while word == "and", next + 1 < words.count, Self.roles[words[next + 1]] != nil {
      next += 1
      roles += try role()
    }
    if takes("not", "except") {
      guard sense == .there else { throw wrong() }
      sense = .notThere
    } else {
      // "Lead only in the chorus" is "lead in the chorus".
      _ = takes("only", "just")
    }
    return Arrangement.Rule(roles: roles, sense: sense, bars: try bars())
  }

  private mutating func role() throws(ArrangementError) -> [IdeaStem.Role] {
    guard let word, let roles = Self.roles[word] else { throw wrong() }
    next += 1
    return roles
  }

  /// From bar to bar, or sections.
  private mutating func bars() throws(ArrangementError) -> [Range<Int>] {
    if takes("from") {
      guard isBar else { return [try section()[0].lowerBound..<barCount] }
      let first = try number()
      let last = takes("until", "to", "till", "through", "-") ? try number() : barCount
      guard first <= last else { throw .bars("bars \(first) to \(last)", count: barCount) }
      return [first - 1..<last]
    }
    if takes("until", "till", "to", "through") {
      return isBar ? [0..<(try number())] : [0..<(try section()[0].upperBound)]
    }
    if isBar { return try span() }
    guard takes("in", "during", "for", "at") else { throw wrong() }
    if isBar { return try span() }
    var found = try section()
    while word == "and", isSection(at: next + 1) {
      next += 1
      found += try section()
    }
    return found
  }

  private var isBar: Bool { word == "bar" || word == "bars" || word.map { Int($0) != nil } == true }

  /// "bar 5", "bars 3-6", "bars 3 to 6".
  private mutating func span() throws(ArrangementError) -> [Range<Int>] {
    let first = try number()
    let last = takes("-", "to", "until", "through") ? try number() : first
    guard first <= last else { throw .bars("bars \(first) to \(last)", count: barCount) }
    return [first - 1..<last]
  }

  /// A bar that there is, counted from 1.
  private mutating func number() throws(ArrangementError) -> Int {
    _ = takes("bar", "bars")
    guard let word, let number = Int(word) else { throw wrong() }
    guard (1...max(1, barCount)).contains(number) else { throw .bars("bar \(number)", count: barCount) }
    next += 1
    return number
  }

  private func isSection(at place: Int) -> Bool {
    guard place < words.count else { return false }
    return Self.ordinals.contains(words[place]) || words[place] == "last" || !named(words[place]).isEmpty
  }

  private func named(_ word: String) -> [Idea.Section] {
    let plain = ["prechorus": "pre-chorus", "end": "ending"][word] ?? word
    // "Verses" and "choruses".
    let spellings = ["", "s", "es"].compactMap { plain.hasSuffix($0) ? String(plain.dropLast($0.count)) : nil }
    return sections.filter { spellings.contains($0.name.lowercased()) }
  }

  /// "chorus", "choruses", "second chorus", "last A", "chorus 2".
  private mutating func section() throws(ArrangementError) -> [Range<Int>] {
    var place: Int?
    var isLast = false
    if let word, let ordinal = Self.ordinals.firstIndex(of: word) { (place, next) = (ordinal, next + 1) }
    if place == nil { isLast = takes("last") }
    guard let name = word else { throw wrong() }
    let found = named(name)
    guard !found.isEmpty else {
      guard SongForm.names.contains(name) || name == "ending" || name.count == 1 else { throw wrong() }
      throw .section(name, known: names)
    }
    next += 1
    if place == nil, !isLast, let word, let number = Int(word) { (place, next) = (number - 1, next + 1) }
    if isLast { place = found.count - 1 }
    guard let place else { return found.map(\.barRange) }
    guard found.indices.contains(place) else { throw .section("\(name) \(place + 1)", known: names) }
    return [found[place].barRange]
  }

  private var names: [String] { sections.reduce(into: []) { if !$0.contains($1.name) { $0.append($1.name) } } }
}
