/// The spellings of chord qualities, brought to the one in which `Chord.Quality` writes them.
///
/// A quality is made of few parts, of which each has several signs: "Δ", "^", "∆", "MAJ", "Ma" and "M" are all "maj". So
/// they are read part by part, from left to right.
enum QualitySpelling {
  /// What follows a root in plain spelling, "mmaj7" for "-^7"; nil where there is a part that no chord has.
  static func plain(_ symbol: String) -> String? {
    let marks = String(symbol.compactMap { Self.signs[$0] ?? ("()[] ,".contains($0) ? nil : $0) })
      // Brazilian charts: "C7M".
      .replacing("7M", with: "maj7")
    var rest = Substring(marks)
    var parts: [String] = []
    while !rest.isEmpty {
      guard let (part, length) = part(at: rest, after: parts) else { return nil }
      if !part.isEmpty { parts.append(part) }
      rest = rest.dropFirst(length)
    }
    return joined(parts)
  }

  /// Signs that look alike.
  private static let signs: [Character: Character] = [
    "♭": "b", "♯": "#", "−": "-", "–": "-", "‐": "-", "‑": "-", "∆": "Δ", "△": "Δ", "^": "Δ", "º": "°", "˚": "°",
    "Ø": "ø",
    "∅": "ø",
  ]

  /// Words in whatever case, the longer ones first, and what they are.
  private static let words: [(word: String, part: String)] = [
    ("major", "maj"), ("minor", "m"), ("maj", "maj"), ("min", "m"), ("dim", "dim"), ("aug", "aug"), ("sus", "sus"),
    ("add", "add"), ("dom", ""), ("alt", "alt"), ("hdim", "ø"), ("no3", "no3"), ("omit3", "no3"), ("ma", "maj"),
    ("mi", "m"),
  ]

  /// The part that a text begins with, and how many characters it has.
  private static func part(at text: Substring, after parts: [String]) -> (part: String, length: Int)? {
    if text.prefix(4).lowercased() == "madd" { return ("m", 1) }
    for (word, part) in words where text.prefix(word.count).lowercased() == word { return (part, word.count) }
    let hasNumber = parts.contains { $0.first?.isNumber == true }
    switch text.first {
    case "M": return ("maj", 1)
    case "m": return ("m", 1)
    case "Δ": return ("Δ", 1)
    case "ø": return ("ø", 1)
    case "°": return ("dim", 1)
    case "o", "O": return parts.isEmpty ? ("dim", 1) : nil
    // Before a number of the middle of a name they are accidentals: C7-5, C7+9.
    case "-": return (hasNumber ? "b" : "m", 1)
    case "+": return (hasNumber ? "#" : "aug", 1)
    case "b", "#": return text.first.map { (String($0), 1) }
    case let digit? where digit.isASCII && digit.isNumber: return number(at: text)
    default: return nil
    }
  }

  private static func number(at text: Substring) -> (part: String, length: Int)? {
    for number in ["69", "11", "13", "2", "3", "4", "5", "6", "7", "9"] where text.hasPrefix(number) {
      return (number, number.count)
    }
    return nil
  }

  /// The parts in their usual order; nil where an accidental stands before nothing.
  private static func joined(_ parts: [String]) -> String? {
    var (stem, alterations, isAugmented) = ("", [String](), false)
    var index = 0
    while index < parts.count {
      let part = parts[index]
      index += 1
      switch part {
      case "#" where index == parts.count && stem.last?.isNumber == true: isAugmented = true
      case "b", "#":
        guard index < parts.count, parts[index].first?.isNumber == true else { return nil }
        alterations.append(part + parts[index])
        index += 1
      case "Δ":
        // The sign alone is a seventh, and no more than the word where a number follows.
        stem += index < parts.count && parts[index].first?.isNumber == true ? "maj" : "maj7"
      case "ø":
        stem += "m7"
        if index < parts.count, parts[index] == "7" { index += 1 }
        alterations.append("b5")
      case "aug" where index < parts.count || !stem.isEmpty: isAugmented = true
      case "add":
        guard index < parts.count else { return nil }
        alterations.append("add" + (["2": "9", "4": "11"][parts[index]] ?? parts[index]))
        index += 1
      case "sus":
        let isNumbered = index < parts.count && ["2", "4"].contains(parts[index])
        stem += "sus" + (isNumbered ? parts[index] : "4")
        index += isNumbered ? 1 : 0
      case "maj" where stem.isEmpty && (index == parts.count || ["5", "6", "69"].contains(parts[index])): break
      // "7(9)" is a ninth chord.
      case "9", "11", "13": stem = (stem.hasSuffix("7") ? stem.dropLast() : stem[...]) + part
      default: stem += part
      }
    }
    if isAugmented { alterations.append("#5") }
    return spelling(stem, alterations)
  }

  private static func spelling(_ stem: String, _ alterations: [String]) -> String {
    // "maj" with an alteration has its seventh: Cmaj#11. A fifth that is altered in a triad makes another triad.
    switch (stem, alterations) {
    case ("m7", ["b5"]), ("m7", ["b5", "7"]): return "m7b5"
    case ("", ["#5"]): return "aug"
    case ("m", ["b5"]): return "dim"
    case ("alt", []): return "7alt"
    case ("6", ["add9"]), ("69", []): return "69"
    case ("m6", ["add9"]): return "m69"
    case (_, ["add9"]), (_, ["add11"]), (_, ["add13"]):
      // "m7add11" has a ninth more when it is called m11, which players leave out or not.
      return stem.hasSuffix("7") ? String(stem.dropLast() + alterations[0].dropFirst(3)) : stem + alterations[0]
    case ("maj", _) where !alterations.isEmpty: return "maj7" + sorted(alterations)
    default: return stem + sorted(alterations)
    }
  }

  /// Lower degrees first: b5, #5, b9, #9, #11, b13.
  private static func sorted(_ alterations: [String]) -> String {
    func degree(_ alteration: String) -> Int { Int(alteration.filter(\.isNumber)) ?? 0 }
    return alterations.sorted { degree($0) < degree($1) }.joined()
  }
}
