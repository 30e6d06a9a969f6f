extension PromptMusic {
  /// Where a text names a key as German writes one without its mode, "in Es", "in h", and the key's English name: major in
  /// capitals, minor in small letters.
  ///
  /// For texts that are German: to others "in B" is another key, or none. Conservative: the clause ends there, or a word that
  /// goes with a key follows.
  public static func germanKeys(in text: String) -> [(range: Range<String.Index>, name: String)] {
    let words = text.split(whereSeparator: \.isWhitespace)
    return words.indices.dropFirst().compactMap { index in
      guard words[index - 1].lowercased() == "in" else { return nil }
      let written = words[index]
      let name = written.prefix { $0.isLetter }
      let rest = written[name.endIndex...]
      guard rest.allSatisfy({ ",.;:!?)".contains($0) }), let key = germanKey(name) else { return nil }
      let next = words.indices.contains(index + 1) ? words[index + 1].lowercased() : ""
      guard !rest.isEmpty || next.isEmpty || germanFollowers.contains(next) || next.first?.isNumber == true else {
        return nil
      }
      return (name.startIndex..<name.endIndex, key)
    }
  }

  private static let germanFollowers: Set<String> = [
    "mit", "und", "ohne", "bei", "für", "über", "auf", "als", "im", "–", "-", "—", "(nur",
  ]

  private static func germanKey(_ name: Substring) -> String? {
    guard let first = name.first, name.dropFirst().allSatisfy(\.isLowercase),
      let root = ChordNotation.german.roots(of: name).first(where: { $0.rest.isEmpty })
    else { return nil }
    let isFlat = name.count > 1 && name.hasSuffix("s") && !name.hasSuffix("is") || name.lowercased() == "b"
    return root.pitch.name(preferringFlats: isFlat) + (first.isUppercase ? " major" : " minor")
  }
}
