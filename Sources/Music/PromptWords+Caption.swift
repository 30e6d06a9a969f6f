extension PromptWords {
  /// The text without some of its words, and without the words before them that only lead there ("in the key of"); nil
  /// when none is left.
  func without(_ readings: [(words: Range<Int>, leading: Set<String>)]) -> String? {
    var isKept = Array(repeating: true, count: words.count)
    for (range, leading) in readings {
      for index in range { isKept[index] = false }
      var before = range.lowerBound - 1
      while before >= 0, !words[before].endsClause, leading.contains(words[before].lowercased) {
        isKept[before] = false
        before -= 1
      }
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
