extension PromptWords {
  /// A chart, and the same with plain names that `ChordChart` reads again.
  struct Chart {
    let chart: ChordChart
    let names: String
  }

  /// A progression or a single chord; without bar lines each lasts a bar.
  func chart(key: Key?, timeSignature: TimeSignature) -> Reading<Chart>? {
    guard let run = progression(key: key) ?? spokenChord, let chart = run.chart(timeSignature) else { return nil }
    return Reading(value: Chart(chart: chart, names: run.names), words: run.words)
  }

  /// Chords one after the other, with what stands between them.
  struct Run {
    /// Names, bar lines, repeats and holds.
    var signs: [String] = []
    var chordCount = 0
    var words: Range<Int>

    var names: String {
      var names = signs[...]
      while names.last == "|" { names.removeLast() }
      return names.joined(separator: " ")
    }

    func chart(_ timeSignature: TimeSignature) -> ChordChart? {
      chordCount > 0 ? try? ChordChart(names, timeSignature: timeSignature) : nil
    }
  }

  private static let introductions: Set<String> = ["chords", "chord", "over", "progression", "changes"]

  /// Chord names after "chords", "chord", "over", "progression" or "changes", or in a run of at least three elsewhere.
  private func progression(key: Key?) -> Run? {
    for index in words.indices where Self.introductions.contains(words[index].lowercased) {
      let first = index + 1 < words.count ? words[index + 1].text : ""
      let run = longestRun(from: index + 1, key: key, inLowerCase: first != "a")
      if run.chordCount >= 2 { return run }
      // One name counts after "chord" and if it says more than a letter, in upper case.
      let isAName = first.count > 1 && first.first?.isUppercase == true
      if run.chordCount == 1 && isAName && words[index].lowercased.hasPrefix("chord") { return run }
    }
    return bareRun { index in
      let run = run(from: index, key: nil, inLowerCase: false)
      // "A B C" are letters and "C5 E5 G5" notes.
      let isNamed = words[run.words].contains { word in
        ["m", "#", "b", "sus", "dim", "aug"].contains { word.text.contains($0) }
      }
      return (run, run.chordCount >= 3 && isNamed)
    } ?? (rules >= .fourth ? bareRun(romanceRun) ?? bareRun(germanRun) : nil)
  }

  /// "H7 Em Am", "Es As B Es": three with a name that is German alone, and the mark of a chord or another such name.
  private func germanRun(from start: Int) -> (run: Run, isOfChords: Bool) {
    let run = run(from: start, key: nil, inLowerCase: false, notation: .german)
    let names = words[run.words].map(\.text)
    let german = names.count { Chord(name: $0) == nil && $0.contains { $0.isLetter } }
    let isMarked = names.contains { name in ["m", "7", "#", "dim"].contains { name.contains($0) } }
    return (run, run.chordCount >= 3 && (german >= 2 || german == 1 && isMarked))
  }

  /// The first run that is one of chords, though no word says so.
  /// - Parameter run: the run from a word on, and whether it is one of chords: then no part of it is any that it is not.
  private func bareRun(_ run: (Int) -> (run: Run, isOfChords: Bool)) -> Run? {
    var index = 0
    while index < words.count {
      let (run, isOfChords) = run(index)
      if isOfChords { return run }
      index = max(index + 1, run.words.upperBound)
    }
    return nil
  }

  /// "Lam Fa Do Sol", in whatever prompt.
  private func romanceRun(from start: Int) -> (run: Run, isOfChords: Bool) {
    let run = run(from: start, key: nil, inLowerCase: true, notation: .romance, isBare: true)
    let isCapital = words[run.words].allSatisfy { $0.text.first { $0.isLetter }?.isUppercase ?? true }
    let row = RomanceRow(names: run.signs.filter { !Self.marks.contains($0) }, isCapital: isCapital)
    return (run, row.isOfChords)
  }

  /// The run in the notation that makes it longest; one chord alone has to be English.
  private func longestRun(from start: Int, key: Key?, inLowerCase: Bool) -> Run {
    var longest = run(from: start, key: key, inLowerCase: inLowerCase)
    guard rules != .first else { return longest }
    for notation in ChordNotation.allCases.dropFirst() {
      let other = run(from: start, key: key, inLowerCase: inLowerCase, notation: notation)
      if other.chordCount > max(1, longest.chordCount) { longest = other }
    }
    return longest
  }

  /// The chords from a word on, up to the first word that is none; dashes and bars between them are passed over.
  /// - Parameter isBare: whether nothing says that they are chords.
  private func run(
    from start: Int, key: Key?, inLowerCase: Bool, notation: ChordNotation = .english, isBare: Bool = false
  ) -> Run {
    var run = Run(words: start..<start)
    var signs: [String] = []
    for index in words.indices.dropFirst(start) {
      let text = words[index].text
      if text.allSatisfy({ "-–—|→>".contains($0) }) {
        if run.chordCount > 0 { signs += Self.barLines(text) }
        continue
      }
      // "Am F C G, A minor": a key ends them.
      if rules >= .third, run.chordCount > 0, spokenKey(at: index) != nil { break }
      guard
        let read = chordSigns(
          text, isFirst: run.chordCount == 0,
          name: {
            isBare && !RomanceRow.mayHold($0)
              ? nil : chordName($0, key: key, inLowerCase: inLowerCase, notation: notation)
          })
      else { break }
      signs += read
      run.signs = signs
      run.chordCount += read.count(where: { !Self.marks.contains($0) })
      run.words = start..<index + 1
    }
    return run
  }

  private static let marks: Set<String> = ["|", "%", "/"]

  /// The bar lines of a word of signs; a double one is one.
  private static func barLines(_ text: String) -> [String] { text.contains("|") ? ["|"] : [] }

  /// What a word says in a run of chords: names, bar lines, repeats; nil where it is none of these.
  /// - Parameter name: a chord's plain name; nil for what is none.
  private func chordSigns(_ text: String, isFirst: Bool, name: (String) -> String?) -> [String]? {
    if let chord = name(text) { return [chord] }
    guard rules != .first else { return nil }
    if rules >= .fourth, text.contains(",") {
      // "Am,F,C,G".
      let chords = text.split(separator: ",").map { name(String($0)) }
      return chords.allSatisfy { $0 != nil } ? chords.compactMap(\.self) : nil
    }
    if text == "%" || text == "/" { return isFirst ? nil : [text] }
    var signs: [String] = []
    for (index, part) in text.split(separator: "|", omittingEmptySubsequences: false).enumerated() {
      if index > 0, signs.last != "|" { signs.append("|") }
      let piece = part.allSatisfy { $0 == ":" } ? "" : String(part)
      if piece.isEmpty { continue }
      if piece == "%" {
        signs.append("%")
        continue
      }
      guard let chords = ChordChart.split(piece, isChord: { name($0) != nil }) else { return nil }
      signs += chords.compactMap(name)
    }
    return signs.isEmpty || signs == ["|"] ? nil : signs
  }

  /// A chord by its name, or by a numeral if there is a key to count from; spelt plainly, with the accidentals that are
  /// written.
  func chordName(_ text: String, key: Key?, inLowerCase: Bool, notation: ChordNotation) -> String? {
    // "AM radio", "GM", and the chords that would be written so.
    if text.count == 2 && text.last == "M" || rules < .fourth && text.contains("7M") { return nil }
    if rules < .fifth, Chord.slashBeforeSeventh(text) != nil { return nil }
    // "LAM FA DO": in capitals throughout it is the minor chord.
    let isShouted = notation == .romance && rules >= .fourth && text.hasSuffix("M") && text == text.uppercased()
    let text = isShouted ? text.dropLast() + "m" : text
    if inLowerCase || text.first?.isUppercase == true {
      let chord = rules == .first ? Chord(plainName: text) : Chord(name: text, in: notation)
      if let chord { return chord.name(preferringFlats: Self.hasFlats(text, in: notation)) }
    }
    // Bare numbers are too often something else.
    guard let key, text.contains(where: { "IVXivx".contains($0) }) else { return nil }
    return Chord(degree: text, key: key)?.name(preferringFlats: key.prefersFlats)
  }

  static func hasFlats(_ name: String, in notation: ChordNotation) -> Bool {
    if notation == .romance {
      return name.split(separator: "/").contains {
        ChordNotation.romanceAccidental($0).map { "b♭".contains($0) } ?? false
      }
    }
    let roots = name.split(separator: "/").map { $0.dropFirst().prefix(2) }
    return roots.contains { root in
      root.hasPrefix("b") || root.contains("♭") || notation == .german && (root.hasPrefix("s") || root == "es")
    } || notation == .german && name.first == "B"
  }
}
