extension Chord {
  /// Reads Harte's syntax, which data sets of chords are written in: "C:maj", "A:min7", "G:7(b9)", "D:hdim7/b3"; nil for
  /// anything else. After the slash comes the bass as a degree of the root's major scale (Harte et al. 2005).
  init?(harte text: String) {
    let halves = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard halves.count == 2, let root = PitchClass(name: halves[0]) else { return nil }
    let parts = halves[1].split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let name = parts.first, let quality = Self.quality(harte: String(name)) else { return nil }
    var bass: PitchClass?
    if parts.count == 2 {
      guard let interval = Self.semitones(harte: parts[1]) else { return nil }
      bass = PitchClass(root.value + interval)
    }
    self.init(root: root, quality: quality, bass: bass)
  }

  private static func quality(harte name: String) -> Quality? {
    switch name {
    // Nothing but degrees: the root's fifth, a triad with a ninth.
    case "(1,5)", "5": .power
    case "maj(9)", "(9)": .addNinth
    case "min(9)": .minorAddNinth
    case "maj(11)": .addEleventh
    case "sus4(b7)": .suspendedSeventh
    case "sus4(b7,9)": .suspendedNinth
    default: Quality(symbol: name)
    }
  }

  /// How far a degree, "b3", lies above the root.
  private static func semitones(harte degree: Substring) -> Int? {
    let steps = [0, 2, 4, 5, 7, 9, 11]
    var (shift, rest) = (0, degree)
    while let mark = rest.first, let step = PitchClass.accidentals[mark] {
      shift += step
      rest = rest.dropFirst()
    }
    guard let number = Int(rest), (1...13).contains(number) else { return nil }
    return steps[(number - 1) % 7] + shift
  }
}
