extension PhraseTable {
  /// A term as it is written, and the ways to write it that need no line of their own.
  static func spellings(of term: String, _ code: String, _ group: String) -> [String] {
    switch (code, group) {
    case ("zh", "key"): [term] + ["大调", "大調"].compactMap { withoutMode(term, $0) }
    case ("zh", _), ("ja", "key"): [term]
    case ("ja", _): [term] + japaneseForms(of: term, group)
    case (_, "key"): [term] + keySpellings(of: term, code)
    default: [term]
    }
  }

  /// Of "降e大调" also "降e调".
  private static func withoutMode(_ key: String, _ mode: String) -> String? {
    guard key.hasSuffix(mode), key.count > mode.count, let last = mode.last else { return nil }
    return String(key.dropLast(mode.count)) + String(last)
  }

  /// Of "fis-moll" also "fis moll" and "fismoll", of "fa dièse mineur" also "fa-dièse mineur" and "fa diese mineur", of "mi
  /// bémol majeur" also "en mi bémol".
  private static func keySpellings(of key: String, _ code: String) -> [String] {
    let words = key.split { $0 == " " || $0 == "-" }
    let isGerman = key.contains("-")
    var spellings = [words.joined(separator: " "), words.joined(separator: "-")]
    if isGerman { spellings.append(words.joined()) }
    if words.count == 3 {
      spellings.append("\(words[0])-\(words[1]) \(words[2])")
      let tonic = "\(code == "it" ? "in" : "en") \(words[0]) \(words[1])"
      spellings.append(tonic + " \(words[2])")
      if ["majeur", "mayor", "maggiore"].contains(words[2]) { spellings.append(tonic) }
    }
    let accents: [Character: Character] = ["é": "e", "è": "e"]
    return spellings + spellings.map { String($0.map { accents[$0] ?? $0 }) }
  }

  /// The forms that stand before "ない" and "すぎる": of "速い" "速く" and "速すぎ", of "静かな" "静か".
  private static func japaneseForms(of term: String, _ group: String) -> [String] {
    let describes = ["mood", "dynamics", "register", "tone", "speed", "articulation", "style"].contains(group)
    guard describes, term.count > 1, let last = term.last else { return [] }
    let stem = String(term.dropLast())
    switch last {
    case "い": return [stem + "く", stem + "すぎ", stem + "すぎる"]
    case "な", "の": return [stem]
    default: return []
    }
  }
}

extension PhraseTable.Language {
  /// Takes a term up, unless another line has said what it means.
  mutating func add(_ term: String, _ entry: PhraseTable.Entry) {
    if entries[term] == nil { entries[term] = entry }
    guard writesSpaces else {
      longest = max(longest, term.count)
      return
    }
    let words = term.split(separator: " ")
    let stemmed = words.map { PhraseTable.stem(String($0), code) }
    let stem = stemmed.joined(separator: " ")
    if stems[stem] == nil { stems[stem] = entry }
    longest = max(longest, words.count)
    if let first = stemmed.first { longestFrom[first] = max(longestFrom[first] ?? 0, words.count) }
    if words.count == 1 { longestWord = max(longestWord, term.count) }
  }
}
