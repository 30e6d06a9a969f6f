extension PromptMusic {
  /// Where a text of any language writes chords, notes and keys in letters, "Am F C G", "C | F G", "I-V-vi-IV", "F#2", "A
  /// minor": what a translation has to leave as it is.
  ///
  /// Conservative as the reading of English prompts is; chords are in capitals, and one alone says more than a letter.
  public static func spellings(in text: String) -> [Range<String.Index>] { MusicSpellings(text).ranges }
}

/// The words of a text in letters that music is written with, and which of them are music.
private struct MusicSpellings {
  private struct Word {
    let text: String
    let range: Range<String.Index>
    /// Whether nothing but blanks and signs stands between this and the word before it.
    let follows: Bool
  }

  private let text: String
  private var words: [Word] = []
  private let reader = PromptWords("")

  init(_ text: String) {
    self.text = text
    var end = text.startIndex
    for range in Self.stretches(of: text) {
      let isJoined = text[end..<range.lowerBound].allSatisfy { !$0.isLetter && !$0.isNumber }
      words.append(Word(text: String(text[range]), range: range, follows: isJoined && !words.isEmpty))
      end = range.upperBound
    }
  }

  /// Stretches between blanks, ideographs and kana, without the punctuation around them.
  private static func stretches(of text: String) -> [Range<String.Index>] {
    func isOutside(_ character: Character) -> Bool {
      character.isWhitespace || character.unicodeScalars.contains { $0.value >= 0x2E80 }
    }
    var ranges: [Range<String.Index>] = []
    var index = text.startIndex
    while index < text.endIndex {
      guard let start = text[index...].firstIndex(where: { !isOutside($0) }) else { break }
      let end = text[start...].firstIndex(where: isOutside) ?? text.endIndex
      index = end
      var piece = text[start..<end].drop { "([{\"'“".contains($0) }
      let hasBracket = piece.contains("(")
      while let last = piece.last, ",.;:!?)]}\"'”".contains(last), !(last == ")" && hasBracket) {
        piece = piece.dropLast()
      }
      if !piece.isEmpty { ranges.append(piece.startIndex..<piece.endIndex) }
    }
    return ranges
  }

  var ranges: [Range<String.Index>] {
    var (ranges, index) = ([Range<String.Index>](), 0)
    while index < words.count {
      let count = max(rowCount(from: index), keyCount(at: index), isNamedAlone(index) ? 1 : 0)
      if count > 0 { ranges.append(words[index].range.lowerBound..<words[index + count - 1].range.upperBound) }
      index += max(1, count)
    }
    return ranges
  }

  // MARK: Rows

  /// How many words from one on are a row of chords: two in English or German, or numerals, or Romance names that are
  /// chords for certain.
  private func rowCount(from start: Int) -> Int {
    let rows = [
      row(from: start) { isChord($0, .english) }, row(from: start) { isChord($0, .german) },
      row(from: start, isChord: isDegree),
    ]
    let most = rows.filter { $0.chords.count >= 2 }.map(\.words).max() ?? 0
    return max(most, romanceCount(from: start))
  }

  /// How many words from one on are a row of chords in Romance names, in capitals or not.
  private func romanceCount(from start: Int) -> Int {
    let row = row(from: start) { RomanceRow.mayHold($0) && romanceName($0) != nil }
    guard row.chords.count >= 2 else { return 0 }
    let isCapital = row.chords.allSatisfy { $0.first?.isUppercase ?? false }
    let isSaid =
      start > 0 && ["accord", "acord", "chord"].contains { words[start - 1].text.lowercased().hasPrefix($0) }
    let names = RomanceRow(names: row.chords.compactMap(romanceName), isCapital: isCapital)
    return isSaid || isCapital && row.chords.count >= 3 || names.isOfChords ? row.words : 0
  }

  private func romanceName(_ word: String) -> String? {
    reader.chordName(word, key: nil, inLowerCase: true, notation: .romance)
  }

  private func row(from start: Int, isChord: (String) -> Bool) -> (words: Int, chords: [String]) {
    var (count, chords) = (0, [String]())
    for index in words.indices.dropFirst(start) where index == start || words[index].follows {
      let word = words[index].text
      if index > start, word.allSatisfy({ "-–—|→>%/".contains($0) }) { continue }
      let parts = word.split { $0 == "|" || $0 == "," }.flatMap { bar in
        ChordChart.split(String(bar), isChord: isChord) ?? [String(bar)]
      }
      guard !parts.isEmpty, parts.allSatisfy(isChord) else { break }
      chords += parts
      count = index - start + 1
    }
    return (count, chords)
  }

  private func isChord(_ name: String, _ notation: ChordNotation) -> Bool {
    name.first?.isUppercase == true
      && reader.chordName(name, key: nil, inLowerCase: false, notation: notation) != nil
  }

  /// "IV", "vi7": a numeral; a row of them has one in capitals.
  private func isDegree(_ name: String) -> Bool {
    guard let first = name.drop(while: { "b#♭♯".contains($0) }).first, "IViv".contains(first) else { return false }
    return Chord(degree: name, key: Key(tonic: PitchClass(0), mode: .major)) != nil
  }

  // MARK: One

  /// "A minor", "F sharp minor", as many words as it has.
  private func keyCount(at index: Int) -> Int {
    guard words[index].text.first?.isUppercase == true, PitchClass(name: words[index].text) != nil else { return 0 }
    func word(_ offset: Int) -> String? {
      let place = index + offset
      guard words.indices.contains(place), words[place].follows else { return nil }
      return words[place].text
    }
    if let next = word(1), PromptWords.isMode(next) { return 2 }
    guard let next = word(1), Key.spokenAccidentals[next.lowercased()] != nil else { return 0 }
    return word(2).map(PromptWords.isMode) ?? false ? 3 : 2
  }

  /// "Am7", "F#m", "C4": a chord or a note that is more than a letter, and no word of another language.
  private func isNamedAlone(_ index: Int) -> Bool {
    let name = words[index].text
    guard name.count > 1, name.first?.isUppercase == true, name.last != "o" else { return false }
    if PitchClass.key(ofNoteName: name) != nil { return true }
    // German "am": only what Latin letters follow may be that.
    if name == "Am", index == 0, words.count > 1, words[1].follows { return false }
    return isChord(name, .english)
  }
}
