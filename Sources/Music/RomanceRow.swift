/// Romance names in a row where no word says that they are chords: "Lam Fa Do Sol" are, and so are "la7 re"; "sol" and "do"
/// are words of many languages, "do re mi" is a scale, and "la la la" is sung.
struct RomanceRow {
  /// In plain English names, "Am" for "Lam".
  let names: [String]
  /// Whether each is written with a capital.
  let isCapital: Bool

  /// Whether a word may be such a name: "solo" and "fama" would be chords too, of a diminished Sol and a major Fa.
  static func mayHold(_ word: String) -> Bool {
    let lower = word.lowercased()
    return lower == "do" || lower == "mi" || !["o", "mi", "ma"].contains { lower.hasSuffix($0) }
  }

  /// Two are chords where one has the mark of a chord, and three where they are no more alike than chords are.
  var isOfChords: Bool {
    let marks = names.map { $0.dropFirst() }.filter { !$0.isEmpty }
    let differing = Set(names).count
    if marks.isEmpty { return differing >= (isCapital ? 2 : 3) && names.count >= 3 && !isScale }
    // "Lab" and "fab" are words.
    let isSure = isCapital || marks.contains { $0 != "b" }
    return differing >= 2 && (names.count >= 3 || isSure)
  }

  private var isScale: Bool {
    let scale = ["C", "D", "E", "F", "G", "A", "B", "C"]
    return scale.starts(with: names) || scale.reversed().starts(with: names)
  }
}
