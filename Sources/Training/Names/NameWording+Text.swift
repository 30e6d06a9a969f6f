/// Words put together.
extension NameWording {
  /// The names of things, none twice, and none that is part of another: a kick drum beside an 808 kick drum.
  static func distinct(_ names: [String]) -> [String] {
    var kept: [String] = []
    for (place, name) in names.enumerated() {
      let words = Set(name.split(separator: " "))
      let isPart = names.enumerated().contains { other, wider in
        let all = Set(wider.split(separator: " "))
        return other != place && words.isSubset(of: all) && (words != all || other < place)
      }
      if !isPart { kept.append(name) }
    }
    return kept
  }

  static func distinctWords(_ words: [String]) -> [String] {
    words.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  /// The words of a phrase in their order, abbreviations spelt out.
  static func phrase(_ part: NamePart) -> [String] {
    part.items.compactMap { item in
      guard let entry = item.entry else { return item.isWord ? text(of: item) : nil }
      if entry.kind == .noise { return ["a", "an", "the"].contains(item.word) && part.isPhrase ? item.word : nil }
      let isWord = item.text.count > 3 && entry.meaning.hasPrefix(item.word.prefix(3)) || entry.meaning == item.word
      return isWord ? item.word : entry.meaning
    }
  }

  static func text(of item: NamePart.Item) -> String {
    if let entry = item.entry { return entry.meaning }
    if case .chord(let name) = item.sense { return name }
    return item.word
  }

  /// Pieces with spaces between; a word that ends one and begins the next stands once: "snare drum loop".
  static func joined(_ pieces: [String]) -> String {
    pieces.reduce(into: "") { text, piece in
      var words = piece.split(separator: " ")
      if let last = text.split(separator: " ").last, last == words.first, words.count > 1 { words.removeFirst() }
      text += (text.isEmpty ? "" : " ") + words.joined(separator: " ")
    }
  }
}
