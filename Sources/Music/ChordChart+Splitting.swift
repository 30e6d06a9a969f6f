extension ChordChart {
  /// A word of chords with dashes between them, as its chords; nil where some of it is none. The longest names win: "C-7-F" is
  /// a minor seventh and F.
  static func split(_ word: String, isChord: (String) -> Bool) -> [String]? {
    if isChord(word) { return [word] }
    guard word.contains(where: ChartBars.isSeparator) else { return nil }
    let characters = Array(word.replacing("->", with: "→"))
    // The chord that begins at a place where all from there on can be read, and where the next one begins; from the last
    // place to the first, so that each is looked at once.
    var readable: [Int: (chord: String, next: Int)] = [:]
    for start in characters.indices.reversed() where isBeginning(start, characters) {
      let end = min(characters.count, start + Chord.longestName)
      var places = characters[start..<end].indices.filter { ChartBars.isSeparator(characters[$0]) }
      if end == characters.count { places.append(end) }
      for place in places.prefix(mostDashes).reversed() {
        // "->" and the like.
        let next = characters[place...].dropFirst().firstIndex { !ChartBars.isSeparator($0) }
        guard place >= characters.count - 1 || next.map({ readable[$0] != nil }) ?? false else { continue }
        let chord = String(characters[start..<place])
        guard isChord(chord) else { continue }
        readable[start] = (chord, next ?? characters.count)
        break
      }
    }
    var (chords, place) = ([String](), 0)
    while let (chord, next) = readable[place] {
      chords.append(chord)
      place = next
    }
    return chords.isEmpty ? nil : chords
  }

  /// No chord's name holds as many: "C-7-5".
  private static let mostDashes = 4

  /// Whether a chord of a word may begin at a place: behind what separates.
  private static func isBeginning(_ place: Int, _ word: [Character]) -> Bool {
    place == 0 || ChartBars.isSeparator(word[place - 1]) && !ChartBars.isSeparator(word[place])
  }
}
