extension PromptWords {
  /// The text without some of its words, and without the words before them that only lead there ("in the key of"); nil
  /// when none is left.
  /// - Parameter note: the number of a word that names a note; it becomes "note" where no other word says so.
  func without(_ readings: [(words: Range<Int>, leading: Set<String>)], note: Int? = nil) -> String? {
    var words = words
    var isKept = Array(repeating: true, count: words.count)
    for (range, leading) in readings {
      for index in range { isKept[index] = false }
      var before = range.lowerBound - 1
      while before >= 0, !words[before].endsClause, leading.contains(words[before].lowercased) {
        isKept[before] = false
        before -= 1
      }
    }
    if let note, isKept[note] {
      isKept[note] = !saysNote
      words[note].raw = words[note].raw.replacing(words[note].text, with: "note")
      if note > 0, words[note - 1].lowercased == "an" { words[note - 1].raw.removeLast() }
    }
    var rest = ""
    for (word, isKept) in zip(words, isKept) {
      if isKept {
        rest += rest.isEmpty ? word.raw : " " + word.raw
      } else if word.endsClause, rest.last.map({ $0.isLetter || $0.isNumber }) ?? false {
        // What ended with it has ended still.
        rest += ","
      }
    }
    while let last = rest.last, ",.;:".contains(last) { rest.removeLast() }
    return rest.isEmpty ? nil : rest
  }
}
