extension ChordChart {
  /// Reads chords between blanks or commas.
  ///
  /// Chords are names (`Chord.init(name:)`), and with a key also roman numerals and Nashville numbers
  /// (`Chord.init(degree:key:)`). Without bar lines each lasts `beatsPerChord`; between bar lines (`|`) those of a bar
  /// share it evenly. `%` is the chord before it once more, `/` and `.` hold it, each for a beat where there are no bar
  /// lines, and an empty bar holds it too. `N.C.` is none. Roots may be German or Romance where no other way of reading all
  /// chords is left: `notation` tells.
  ///
  /// - Parameters:
  ///   - key: what numerals and numbers count from.
  ///   - beatsPerChord: quarter notes that a chord lasts in a chart without bar lines; a bar, unless said.
  ///   - rules: by which it is read.
  /// - Throws: ``ChordChartError`` with the chord that is not understood.
  /// - Precondition: `beatsPerChord` is positive.
  public init(
    _ text: String, key: Key? = nil, beatsPerChord: Double? = nil, timeSignature: TimeSignature = .common,
    rules: ReadingRules = .current
  ) throws(ChordChartError) {
    let bars = ChartBars(text.withPlainLetters, rules: rules)
    var reader = ChartReader(key: key, timeSignature: timeSignature, beatsPerChord: beatsPerChord)
    do {
      self = try reader.chart(of: bars)
    } catch {
      for notation in ChordNotation.allCases.dropFirst() {
        reader.notation = notation
        if let chart = try? reader.chart(of: bars) {
          self = chart
          return
        }
      }
      throw error
    }
  }
}

/// A chart's words, bar by bar.
struct ChartBars {
  /// Words of a bar; none in an empty one, which holds what sounds.
  let bars: [[String]]
  /// Whether there are bar lines.
  let areRuled: Bool

  init(_ text: String, rules: ReadingRules = .current) {
    areRuled = text.contains("|")
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    var bars: [[String]] = []
    for (index, part) in parts.enumerated() {
      // The end of a line is a bar's end where there are bar lines.
      let lines = areRuled && rules != .first ? part.split(whereSeparator: \.isNewline) : [part]
      let wordsOfLines = lines.map(Self.words).filter { !$0.isEmpty }
      let isBetween = index > 0 && index < parts.count - 1
      // "||" is one line, drawn twice, and between two lines of text there is no bar.
      let isEmptyBar = wordsOfLines.isEmpty && isBetween && !part.isEmpty && !part.contains(where: \.isNewline)
      if isEmptyBar, rules != .first, !bars.isEmpty, !part.contains(":") { bars.append([]) }
      bars += wordsOfLines
    }
    self.bars = bars
  }

  /// Words between blanks and commas, without what only separates them; a bracket's commas are the chord's.
  static func words(_ text: Substring) -> [String] {
    var words = [""]
    var depth = 0
    for character in text {
      if character == "(" { depth += 1 }
      if character == ")" { depth = max(0, depth - 1) }
      if character.isWhitespace || depth == 0 && ",;".contains(character) {
        depth = 0
        words.append("")
      } else {
        words[words.count - 1].append(character)
      }
    }
    return words.map(withoutBrackets).filter { !$0.allSatisfy(isSeparator) }
  }

  /// Dashes, arrows, bullets and repeat dots between chords say nothing.
  static func isSeparator(_ character: Character) -> Bool { "-–—>→:•·".contains(character) }

  /// "[Am]", "(Am F)", "C.": brackets around chords are no part of them, nor is a full stop.
  private static func withoutBrackets(_ word: String) -> String {
    var text = Substring(word)
    while let first = text.first, "([{".contains(first) { text = text.dropFirst() }
    while let last = text.last, ")]}".contains(last), !(last == ")" && text.contains("(")) { text = text.dropLast() }
    if text.count > 1, text.last == ".", text.count(where: { $0 == "." }) == 1 { text = text.dropLast() }
    return String(text)
  }
}

/// Makes spans of a chart's words.
private struct ChartReader {
  let key: Key?
  let timeSignature: TimeSignature
  let beatsPerChord: Double?
  var notation = ChordNotation.english

  init(key: Key?, timeSignature: TimeSignature, beatsPerChord: Double?) {
    (self.key, self.timeSignature, self.beatsPerChord) = (key, timeSignature, beatsPerChord)
  }

  func chart(of chart: ChartBars) throws(ChordChartError) -> ChordChart {
    var bars = chart.bars.map { $0.flatMap(split) }
    if !chart.areRuled, slashesSeparate(bars.joined()) { bars = bars.map { $0.filter { $0 != "/" } } }
    let barBeats = timeSignature.quartersPerBar
    let isStroked = !chart.areRuled && bars.joined().contains(where: Self.isHold)
    let each = isStroked ? 4 / Double(timeSignature.denominator) : beatsPerChord ?? barBeats
    var spans: [ChordChart.Span] = []
    for bar in bars {
      let beats = chart.areRuled ? barBeats / Double(max(1, bar.count)) : each
      for word in bar.isEmpty ? ["%"] : bar {
        let chord = try chord(word, after: spans)
        spans.append(ChordChart.Span(chord: chord, beats: beats))
      }
    }
    guard !spans.isEmpty else { throw .empty }
    return ChordChart(spans: spans, notation: notation)
  }

  private static func isHold(_ word: String) -> Bool { word == "/" || word == "." }

  /// "Am / F / C": one slash between each two chords, and none at the end, separates them.
  private func slashesSeparate(_ words: FlattenSequence<[[String]]>) -> Bool {
    let words = Array(words)
    return words.count > 1 && words.count % 2 == 1
      && words.enumerated().allSatisfy { ($1 == "/") == ($0 % 2 == 1) }
  }

  /// "Am-F-C-G" is four words; "C-7" is one.
  private func split(_ word: String) -> [String] {
    if key != nil, let degrees = Self.degrees(word) { return degrees }
    guard !Self.isHold(word), chordOrNil(word) == nil, word.contains(where: ChartBars.isSeparator) else {
      return [word]
    }
    return ChordChart.split(word, isChord: { chordOrNil($0) != nil }) ?? [word]
  }

  /// "1-5-6-4" is four degrees, where "5-6" alone is the minor sixth on the fifth.
  private static func degrees(_ word: String) -> [String]? {
    let parts = word.split(whereSeparator: ChartBars.isSeparator)
    guard parts.count >= 3, parts.allSatisfy({ $0.count == 1 && "1234567".contains($0) }) else { return nil }
    return parts.map(String.init)
  }

  private func chord(_ word: String, after spans: [ChordChart.Span]) throws(ChordChartError) -> Chord? {
    let place = spans.count + 1
    if word == "%" || Self.isHold(word) {
      guard let last = spans.last else { throw .nothingToRepeat(place: place) }
      return last.chord
    }
    if ["N.C.", "NC", "N.C", "N"].contains(word.uppercased()) { return nil }
    if let chord = chordOrNil(word) { return chord }
    let parts = key == nil ? ChordChart.split(word, isChord: Self.isDegree) : nil
    if let first = parts?.first { throw .needsKey(chord: first, place: place) }
    throw .notUnderstood(chord: word, place: place)
  }

  /// Whether a word is a degree of whatever key.
  private static func isDegree(_ word: String) -> Bool {
    Chord(degree: word, key: Key(tonic: PitchClass(0), mode: .major)) != nil
  }

  private func chordOrNil(_ word: String) -> Chord? {
    // "b7" is B7 in lower case, but the seventh degree, flattened, to who gives a key.
    if let key, word.first == "b", let chord = Chord(degree: word, key: key) { return chord }
    if let chord = Chord(name: word, in: notation) { return chord }
    return key.flatMap { Chord(degree: word, key: $0) }
  }
}
