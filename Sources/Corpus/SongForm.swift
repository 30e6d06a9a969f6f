public import Music

/// The sections of a song in order: "AABA", "A8 B4 A8", "verse 8 chorus 8", "verse 4: Am F C G, chorus 4: F G Am".
///
/// Commas and semicolons end a section's chords, and may stand anywhere between sections. A number behind a name is its
/// bars, "x2" plays it twice. A name that comes again is the same music. "no ending" leaves out the bar that ends a song.
public struct SongForm: Sendable, Equatable {
  public struct Section: Sendable, Equatable {
    public let name: String
    /// Nil for as many as sections have where nothing is said.
    public internal(set) var bars: Int?
    /// What is played in it; nil for what is composed.
    public internal(set) var chords: ChordChart?
  }

  public private(set) var sections: [Section] = []
  /// Whether a bar follows that ends the song.
  public private(set) var hasEnding = true

  /// What sections may be called besides letters from A to H.
  public static let names = [
    "intro", "verse", "pre-chorus", "chorus", "hook", "refrain", "bridge", "break", "build", "drop", "solo",
    "interlude", "theme", "head", "outro",
  ]
  static let mostSections = 32
  static let barCounts = 1...64

  /// - Parameters:
  ///   - key: what numerals among the chords count from.
  ///   - timeSignature: of which a chord without bar lines lasts a bar.
  /// - Throws: `SongFormError`.
  public init(_ text: String, key: Key? = nil, timeSignature: TimeSignature = .common) throws(SongFormError) {
    var place = 1
    for clause in text.split(whereSeparator: { $0 == "," || $0 == ";" || $0.isNewline }) {
      let halves = clause.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let words = halves[0].split(whereSeparator: \.isWhitespace).map(String.init)
      let first = sections.count
      try read(words, from: &place)
      guard halves.count == 2 else { continue }
      let name = halves[0].trimmingBlanks
      guard Set(sections[first...].map(\.name)).count == 1 else { throw .chordsOfNone(name) }
      let chart: ChordChart
      do { chart = try ChordChart(String(halves[1]), key: key, timeSignature: timeSignature) } catch {
        throw .chords(section: sections[first].name, error)
      }
      let bars = max(1, Int((chart.lengthBeats / timeSignature.quartersPerBar).rounded(.up)))
      guard Self.barCounts.contains(bars) else { throw .bars("\(bars)", section: sections[first].name) }
      for index in sections.indices.dropFirst(first) {
        sections[index].chords = chart
        sections[index].bars = sections[index].bars ?? bars
      }
    }
    guard !sections.isEmpty else { throw .empty }
    guard sections.count <= Self.mostSections else { throw .tooMany(sections.count) }
  }

  /// Reads names, and what stands behind them.
  private mutating func read(_ words: [String], from place: inout Int) throws(SongFormError) {
    var latest: Range<Int>?
    var index = 0
    while index < words.count {
      let word = words[index]
      let lower = word.lowercased()
      defer { (index, place) = (index + 1, place + 1) }
      if lower == "no", index + 1 < words.count, ["ending", "end"].contains(words[index + 1].lowercased()) {
        hasEnding = false
        (index, place) = (index + 1, place + 1)
      } else if lower == "bars" || lower == "bar", latest != nil {
        continue
      } else if let number = Int(lower), let range = latest {
        guard Self.barCounts.contains(number) else { throw .bars(word, section: sections[range.lowerBound].name) }
        for index in range where sections[index].bars == nil { sections[index].bars = number }
      } else if lower.hasPrefix("x"), let times = Int(lower.dropFirst()), let range = latest {
        guard (1...Self.mostSections).contains(times) else { throw .times(word) }
        let repeated = Array(sections[range])
        for _ in 1..<max(1, times) { sections += repeated }
        latest = range.lowerBound..<sections.count
      } else if let found = Self.sections(of: word) {
        latest = sections.count..<sections.count + found.count
        sections += found
      } else {
        throw .notUnderstood(word, place: place)
      }
    }
  }

  /// One of a name, or some of letters; nil for a word that is neither.
  private static func sections(of word: String) -> [Section]? {
    let lower = word.lowercased()
    let plain = lower == "prechorus" ? "pre-chorus" : lower
    if names.contains(plain) { return [Section(name: plain, bars: nil, chords: nil)] }
    var (sections, digits) = ([Section](), "")
    func closed() -> Bool {
      guard !digits.isEmpty else { return true }
      guard let bars = Int(digits), barCounts.contains(bars), !sections.isEmpty else { return false }
      sections[sections.count - 1].bars = bars
      digits = ""
      return true
    }
    for character in lower {
      if character.isASCII, character.isNumber {
        digits.append(character)
      } else if "abcdefgh".contains(character) {
        guard closed() else { return nil }
        sections.append(Section(name: character.uppercased(), bars: nil, chords: nil))
      } else {
        return nil
      }
    }
    return closed() && !sections.isEmpty ? sections : nil
  }
}

extension StringProtocol {
  /// Without blanks at its ends.
  fileprivate var trimmingBlanks: String {
    var text = Substring(self)
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}

/// Why a form is none. Places count words from 1.
public enum SongFormError: Error, Equatable, Sendable, CustomStringConvertible {
  case empty
  case notUnderstood(String, place: Int)
  case bars(String, section: String)
  case times(String)
  case tooMany(Int)
  case chords(section: String, ChordChartError)
  /// Chords stand behind no section, or behind several.
  case chordsOfNone(String)

  public var description: String {
    switch self {
    case .empty: "a form without sections: AABA, or \"verse 8 chorus 8\""
    case .notUnderstood(let word, let place):
      "word \(place), \"\(word)\", is no section: letters from A to H, or \(SongForm.names.joined(separator: ", "));"
        + " behind it how many bars, and x2 to play it twice"
    case .bars(let bars, let section):
      "\(bars) bars of \(section) are not between \(SongForm.barCounts.lowerBound) and \(SongForm.barCounts.upperBound)"
    case .times(let word): "\"\(word)\" is not between x1 and x\(SongForm.mostSections)"
    case .tooMany(let count): "\(count) sections are more than \(SongForm.mostSections)"
    case .chords(let section, let error): "the chords of \(section): \(error)"
    case .chordsOfNone(let name):
      "the chords behind \"\(name):\" belong to one section: \"verse 4: Am F C G, chorus 4: F G C C\""
    }
  }
}
