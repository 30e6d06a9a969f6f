/// Chords that are said in words.
extension PromptWords {
  /// "C major chord", "F# minor seventh chord", "Cmaj7 chord": a chord by name, then the word.
  var spokenChord: Run? {
    for index in words.indices where words[index].lowercased == "chord" && index > 0 {
      let before = words[index - 1].text
      if before.count > 1, let name = chordName(before, key: nil, inLowerCase: false, notation: .english) {
        return Run(signs: [name], chordCount: 1, words: index - 1..<index)
      }
      for start in max(0, index - 4)..<index {
        let text = words[start].text
        guard text.first?.isUppercase == true, !mayBeArticle(start, text: text), let root = PitchClass(name: text)
        else { continue }
        let name = words[start + 1..<index].map(\.lowercased).joined(separator: " ")
        if let quality = Self.spokenQualities[name] {
          let chord = Chord(root: root, quality: quality).name(preferringFlats: Self.hasFlats(text, in: .english))
          return Run(signs: [chord], chordCount: 1, words: start..<index)
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
