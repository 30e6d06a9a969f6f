extension PromptWords {
  /// A progression or a single chord, each over a bar.
  func chart(key: Key?, timeSignature: TimeSignature) -> Reading<ChordChart>? {
    guard let chords = progression(key: key) ?? spokenChord, !chords.value.isEmpty else { return nil }
    let spans = chords.value.map { ChordChart.Span(chord: $0, beats: timeSignature.quartersPerBar) }
    return Reading(value: ChordChart(spans: spans), words: chords.words)
  }

  private static let introductions: Set<String> = ["chords", "chord", "over", "progression", "changes"]

  /// Chord names after "chords", "chord", "over", "progression" or "changes", or in a run of at least three elsewhere.
  private func progression(key: Key?) -> Reading<[Chord]>? {
    for index in words.indices where Self.introductions.contains(words[index].lowercased) {
      let first = index + 1 < words.count ? words[index + 1].text : ""
      let run = run(from: index + 1, key: key, inLowerCase: first != "a")
      if run.chords.count >= 2 { return Reading(value: run.chords, words: run.words) }
      // One name counts after "chord" and if it says more than a letter, in upper case.
      let isAName = first.count > 1 && first.first?.isUppercase == true
      if run.chords.count == 1 && isAName && words[index].lowercased.hasPrefix("chord") {
        return Reading(value: run.chords, words: run.words)
      }
    }
    for index in words.indices {
      let run = run(from: index, key: nil, inLowerCase: false)
      // "A B C" are letters and "C5 E5 G5" notes.
      let isNamed = words[run.words].contains { word in
        ["m", "#", "b", "sus", "dim", "aug"].contains { word.text.contains($0) }
      }
      if run.chords.count >= 3 && isNamed { return Reading(value: run.chords, words: run.words) }
    }
    return nil
  }

  /// The chords from a word on, up to the first word that is none; dashes and bars between them are passed over.
  private func run(from start: Int, key: Key?, inLowerCase: Bool) -> (chords: [Chord], words: Range<Int>) {
    var chords: [Chord] = []
    var end = start
    for index in words.indices.dropFirst(start) where !words[index].text.allSatisfy({ "-–—|→>".contains($0) }) {
      guard let chord = Self.chord(words[index].text, key: key, inLowerCase: inLowerCase) else { break }
      chords.append(chord)
      end = index + 1
    }
    return (chords, start..<end)
  }

  /// A chord by its name, or by a numeral if there is a key to count from.
  private static func chord(_ text: String, key: Key?, inLowerCase: Bool) -> Chord? {
    // "AM radio", "GM", and the chords that would be written so.
    if text.count == 2 && text.last == "M" { return nil }
    if inLowerCase || text.first?.isUppercase == true, let chord = Chord(name: text) { return chord }
    // Bare numbers are too often something else.
    guard let key, text.contains(where: { "IVXivx".contains($0) }) else { return nil }
    return Chord(degree: text, key: key)
  }

  /// "C major chord", "F# minor seventh chord", "Cmaj7 chord": a chord by name, then the word.
  private var spokenChord: Reading<[Chord]>? {
    for index in words.indices where words[index].lowercased == "chord" && index > 0 {
      if let chord = Self.chord(words[index - 1].text, key: nil, inLowerCase: false), words[index - 1].text.count > 1 {
        return Reading(value: [chord], words: index - 1..<index)
      }
      for start in max(0, index - 4)..<index {
        let text = words[start].text
        guard text.first?.isUppercase == true, !mayBeArticle(start, text: text), let root = PitchClass(name: text)
        else { continue }
        let name = words[start + 1..<index].map(\.lowercased).joined(separator: " ")
        if let quality = Self.spokenQualities[name] {
          return Reading(value: [Chord(root: root, quality: quality)], words: start..<index)
        }
      }
    }
    return nil
  }

  private static let spokenQualities: [String: Chord.Quality] = {
    var names = Dictionary(Chord.Quality.allCases.map { ($0.spokenName, $0) }) { first, _ in first }
    names["seventh"] = .dominantSeventh
    names["ninth"] = .dominantNinth
    names["sixth"] = .sixth
    names["suspended"] = .suspendedFourth
    return names
  }()
}
