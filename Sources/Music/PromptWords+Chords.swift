extension PromptWords {
  /// A progression or a single chord, each over a bar.
  func chart(key: Key?, timeSignature: TimeSignature) -> ChordChart? {
    let names = progression(key: key) ?? spokenChord.map { [$0] }
    guard let names, !names.isEmpty else { return nil }
    return ChordChart(spans: names.map { .init(chord: $0, beats: timeSignature.quartersPerBar) })
  }

  private static let introductions: Set<String> = ["chords", "chord", "over", "progression", "changes"]

  /// Chord names after "chords", "chord", "over", "progression" or "changes", or in a run of at least three elsewhere.
  private func progression(key: Key?) -> [Chord]? {
    for index in words.indices where Self.introductions.contains(words[index].lowercased) {
      let first = index + 1 < words.count ? words[index + 1].text : ""
      let run = run(from: index + 1, key: key, inLowerCase: first != "a")
      if run.chords.count >= 2 { return run.chords }
      // One name counts after "chord" and if it says more than a letter, in upper case.
      let isAName = first.count > 1 && first.first?.isUppercase == true
      if run.chords.count == 1 && isAName && words[index].lowercased.hasPrefix("chord") { return run.chords }
    }
    for index in words.indices {
      let run = run(from: index, key: nil, inLowerCase: false)
      // "A B C" are letters and "C5 E5 G5" notes.
      let isNamed = run.names.contains { name in ["m", "#", "b", "sus", "dim", "aug"].contains { name.contains($0) } }
      if run.chords.count >= 3 && isNamed { return run.chords }
    }
    return nil
  }

  /// The chords from a word on, up to the first word that is none; dashes and bars between them are passed over.
  private func run(from start: Int, key: Key?, inLowerCase: Bool) -> (chords: [Chord], names: [String]) {
    var chords: [Chord] = []
    var names: [String] = []
    for word in words.dropFirst(start) where !word.text.allSatisfy({ "-–—|→>".contains($0) }) {
      guard let chord = Self.chord(word.text, key: key, inLowerCase: inLowerCase) else { break }
      chords.append(chord)
      names.append(word.text)
    }
    return (chords, names)
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
  private var spokenChord: Chord? {
    for index in words.indices where words[index].lowercased == "chord" && index > 0 {
      if let chord = Self.chord(words[index - 1].text, key: nil, inLowerCase: false), words[index - 1].text.count > 1 {
        return chord
      }
      for start in max(0, index - 4)..<index {
        let text = words[start].text
        guard text.first?.isUppercase == true, !mayBeArticle(start, text: text), let root = PitchClass(name: text)
        else { continue }
        let name = words[start + 1..<index].map(\.lowercased).joined(separator: " ")
        if let quality = Self.spokenQualities[name] { return Chord(root: root, quality: quality) }
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
