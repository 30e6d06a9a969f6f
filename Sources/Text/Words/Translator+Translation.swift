extension Translator {
  /// What all clauses say; nil where nothing is translated.
  var translation: Translation? {
    var filled = clauses.filter { !$0.isEmpty }[...]
    while let first = filled.first, first.allSatisfy({ $0.group == "and" }) { filled = filled.dropFirst() }
    while let last = filled.last, last.allSatisfy({ $0.group == "and" }) { filled = filled.dropLast() }
    filled = TranslatedPart.joiningAdjectives(filled)[...]
    guard filled.contains(where: { $0.contains { !["kept", "music", "and"].contains($0.group) } }) || !unknown.isEmpty
    else { return nil }
    var english = ""
    for clause in filled {
      let parts = english.isEmpty && clause[0].group == "and" ? Array(clause.dropFirst()) : clause
      let words = TranslatedPart.ordered(parts).map(\.english).joined(separator: " ")
      if english.isEmpty {
        english = words
      } else {
        english += clause[0].group == "and" ? " " + words : ", " + words
      }
    }
    return Translation(
      english: english, language: languages[0].name, approximations: approximations, unknown: unknown)
  }
}
