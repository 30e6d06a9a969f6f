extension Chord.Quality {
  /// In words, as in "A minor seventh".
  public var spokenName: String {
    switch self {
    case .major: "major"
    case .minor: "minor"
    case .diminished: "diminished"
    case .augmented: "augmented"
    case .power: "power"
    case .suspendedSecond: "sus2"
    case .suspendedFourth: "sus4"
    case .sixth: "major sixth"
    case .minorSixth: "minor sixth"
    case .dominantSeventh: "dominant seventh"
    case .majorSeventh: "major seventh"
    case .minorSeventh: "minor seventh"
    case .minorMajorSeventh: "minor major seventh"
    case .halfDiminished: "half-diminished"
    case .diminishedSeventh: "diminished seventh"
    case .suspendedSeventh: "suspended seventh"
    case .addNinth: "add9"
    case .minorAddNinth: "minor add9"
    case .dominantNinth: "dominant ninth"
    case .majorNinth: "major ninth"
    case .minorNinth: "minor ninth"
    case .sixthNinth: "six-nine"
    case .suspendedNinth: "suspended ninth"
    case .addEleventh: "add11"
    case .dominantEleventh: "dominant eleventh"
    case .minorEleventh: "minor eleventh"
    case .dominantThirteenth: "dominant thirteenth"
    case .majorThirteenth: "major thirteenth"
    case .minorThirteenth: "minor thirteenth"
    case .sevenFlatFive: "seventh flat five"
    case .augmentedSeventh: "augmented seventh"
    case .sevenFlatNinth: "seventh flat nine"
    case .sevenSharpNinth: "seventh sharp nine"
    case .majorSeventhSharpEleventh: "major seventh sharp eleven"
    case .altered: "altered"
    case .sevenSharpEleventh: "seventh sharp eleven"
    case .sevenFlatThirteenth: "seventh flat thirteen"
    case .sevenFlatNinthFlatThirteenth: "seventh flat nine flat thirteen"
    case .sevenFlatNinthSharpEleventh: "seventh flat nine sharp eleven"
    case .sevenFlatFiveFlatNinth: "seventh flat five flat nine"
    case .sevenFlatFiveSharpNinth: "seventh flat five sharp nine"
    case .augmentedFlatNinth: "augmented seventh flat nine"
    case .augmentedSharpNinth: "augmented seventh sharp nine"
    case .suspendedFlatNinth: "suspended seventh flat nine"
    case .augmentedNinth: "augmented ninth"
    case .ninthSharpEleventh: "ninth sharp eleven"
    case .thirteenthFlatNinth: "thirteenth flat nine"
    case .thirteenthSharpEleventh: "thirteenth sharp eleven"
    case .suspendedThirteenth: "suspended thirteenth"
    case .augmentedMajorSeventh: "augmented major seventh"
    case .majorSeventhFlatFive: "major seventh flat five"
    case .majorNinthSharpEleventh: "major ninth sharp eleven"
    case .minorSixthNinth: "minor six-nine"
    case .minorMajorNinth: "minor major ninth"
    case .minorFlatSixth: "minor flat six"
    case .minorSharpFifth: "minor sharp five"
    }
  }

  /// Reads what follows the root in a chord's name, with or without brackets; nil for what is no quality.
  public init?(symbol: some StringProtocol) {
    let symbol = String(symbol)
    guard symbol.utf8.count <= Chord.longestName else { return nil }
    guard let quality = Self(plainSymbol: symbol) ?? QualitySpelling.plain(symbol).flatMap(Self.init(plainSymbol:))
    else { return nil }
    self = quality
  }

  /// As the first `ReadingRules` have it: a quality's written name, or one of some other spellings.
  init?(plainSymbol symbol: String) {
    let plain = symbol.filter { !"()".contains($0) }.replacing("♭", with: "b").replacing("♯", with: "#")
    guard let quality = Self(rawValue: plain) ?? Self.synonyms[plain] else { return nil }
    self = quality
  }

  /// Other spellings in use, read but never written.
  private static let synonyms: [String: Chord.Quality] = [
    "maj": .major, "M": .major, "major": .major, "min": .minor, "mi": .minor, "minor": .minor, "-": .minor,
    "°": .diminished, "o": .diminished, "+": .augmented, "no3": .power,
    "2": .suspendedSecond, "sus": .suspendedFourth,
    "maj6": .sixth, "M6": .sixth, "min6": .minorSixth, "-6": .minorSixth, "6add9": .sixthNinth,
    "dom7": .dominantSeventh, "M7": .majorSeventh, "ma7": .majorSeventh, "Δ": .majorSeventh, "Δ7": .majorSeventh,
    "min7": .minorSeventh, "mi7": .minorSeventh, "-7": .minorSeventh,
    "mM7": .minorMajorSeventh, "minmaj7": .minorMajorSeventh, "-maj7": .minorMajorSeventh,
    "ø": .halfDiminished, "ø7": .halfDiminished, "min7b5": .halfDiminished, "-7b5": .halfDiminished,
    "°7": .diminishedSeventh, "o7": .diminishedSeventh, "7sus": .suspendedSeventh, "9sus": .suspendedNinth,
    "M9": .majorNinth, "min9": .minorNinth, "-9": .minorNinth, "add2": .addNinth, "minadd9": .minorAddNinth,
    "add4": .addEleventh, "min11": .minorEleventh, "-11": .minorEleventh, "M13": .majorThirteenth,
    "min13": .minorThirteenth, "aug7": .augmentedSeventh, "+7": .augmentedSeventh, "M7#11": .majorSeventhSharpEleventh,
  ]
}
