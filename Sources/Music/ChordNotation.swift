/// What the roots of chords are called, which is another thing in other languages.
public enum ChordNotation: CaseIterable, Sendable {
  /// C D E F G A B, with accidentals.
  case english
  /// H is B, and B is B flat; sharps end in -is, flats in -es: Cis, Es, As.
  case german
  /// Do Re Mi Fa Sol La Si, with accidentals.
  case romance

  /// What else of it differs, for people; nil for English.
  public var explanation: String? {
    switch self {
    case .english: nil
    case .german: "German note names: H is B, and B is B flat"
    case .romance: "do re mi: Do is C"
    }
  }

  /// The roots that a name may begin with, and what follows them: the longest name first.
  func roots(of text: Substring) -> [(pitch: PitchClass, rest: Substring)] {
    switch self {
    case .english: PitchClass.parse(text).map { [$0] } ?? []
    case .german: Self.germanRoots(text)
    case .romance: Self.romanceRoots(text)
    }
  }

  private static func germanRoots(_ text: Substring) -> [(pitch: PitchClass, rest: Substring)] {
    let letters: [Character: Int] = ["C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 10, "H": 11]
    guard let letter = text.first, let natural = letters[Character(letter.uppercased())] else { return [] }
    let rest = text.dropFirst()
    var roots: [(pitch: PitchClass, rest: Substring)] = []
    for (ending, step) in [("is", 1), ("es", -1), ("s", -1)] where rest.hasPrefix(ending) && letter != "B" {
      // Only E and A leave the vowel out.
      if ending == "s", !"EeAa".contains(letter) { continue }
      roots.append((PitchClass(natural + step), rest.dropFirst(ending.count)))
    }
    if let mark = rest.first, let step = PitchClass.accidentals[mark] {
      // "Bb" is B flat to everybody.
      let isFlatB = (letter == "B" || letter == "b") && step < 0
      roots.append((PitchClass(natural + (isFlatB ? 0 : step)), rest.dropFirst()))
    }
    return roots + [(PitchClass(natural), rest)]
  }

  private static let romanceNames = [
    ("sol", 7), ("do", 0), ("ut", 0), ("ré", 2), ("re", 2), ("mi", 4), ("fa", 5), ("la", 9), ("si", 11),
  ]

  /// The sign behind a root, the "b" of "Sib"; nil where there is none.
  static func romanceAccidental(_ text: Substring) -> Character? {
    romanceNames.first { text.prefix($0.0.count).lowercased() == $0.0 }.flatMap { text.dropFirst($0.0.count).first }
      .flatMap { PitchClass.accidentals[$0] == nil ? nil : $0 }
  }

  private static func romanceRoots(_ text: Substring) -> [(pitch: PitchClass, rest: Substring)] {
    guard let (name, natural) = romanceNames.first(where: { text.prefix($0.0.count).lowercased() == $0.0 }) else {
      return []
    }
    var (value, rest) = (natural, text.dropFirst(name.count))
    while let mark = rest.first, let step = PitchClass.accidentals[mark] {
      value += step
      rest = rest.dropFirst()
    }
    return [(PitchClass(value), rest)]
  }
}
