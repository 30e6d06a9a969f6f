extension Chord {
  /// Reads a chord by its degree in a key: a roman numeral ("ii7", "bVII", "V7/ii") or a Nashville number ("4", "6m",
  /// "5-7", "1/3"); nil for anything else.
  ///
  /// Plain degrees are the key's own (VI of A minor is F), flat ones the major scale's lowered (♭VI is F too, and in A
  /// major), sharp ones the key's raised (♯vii° of A minor stands on G♯). A numeral in lower case is minor unless it says
  /// otherwise; numbers are major unless they say so. After a slash comes the bass as a number, or, after a numeral,
  /// another one whose scale the first counts in.
  public init?(degree: String, key: Key) {
    let degree = degree.replacing("6/9", with: "69")
    let parts = degree.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = DegreeSymbol(parts[0]), let quality = first.quality else { return nil }
    guard parts.count == 2 else {
      self.init(root: first.root(in: key), quality: quality)
      return
    }
    guard let second = DegreeSymbol(parts[1]) else { return nil }
    if second.isNumeral {
      // An applied chord: of the scale, major or minor, that stands on another degree.
      guard first.isNumeral, let target = second.quality else { return nil }
      let mode: Key.Mode = target.intervals.contains(3) ? .minor : .major
      self.init(root: first.root(in: Key(tonic: second.root(in: key), mode: mode)), quality: quality)
    } else {
      guard second.suffix.isEmpty else { return nil }
      self.init(root: first.root(in: key), quality: quality, bass: second.root(in: key))
    }
  }
}

/// A degree of a scale as charts write it: accidentals, a roman numeral or a digit, and what makes a chord of it.
private struct DegreeSymbol {
  private let accidental: Int
  private let step: Int
  private let isLowerCase: Bool
  let isNumeral: Bool
  let suffix: Substring

  private static let numerals = ["VII", "VI", "IV", "V", "III", "II", "I"]
  private static let steps = [6, 5, 3, 4, 2, 1, 0]

  init?(_ text: Substring) {
    var rest = text
    var accidental = 0
    while let mark = rest.first, let sign = PitchClass.accidentals[mark] {
      accidental += sign
      rest = rest.dropFirst()
    }
    self.accidental = accidental
    if let digit = rest.first?.wholeNumberValue, (1...7).contains(digit) {
      (step, isNumeral, isLowerCase, suffix) = (digit - 1, false, false, rest.dropFirst())
      return
    }
    let match = zip(Self.numerals, Self.steps).first { numeral, _ in
      rest.hasPrefix(numeral) || rest.hasPrefix(numeral.lowercased())
    }
    guard let (numeral, step) = match else { return nil }
    self.step = step
    isNumeral = true
    isLowerCase = rest.hasPrefix(numeral.lowercased())
    suffix = rest.dropFirst(numeral.count)
  }

  /// The chord's quality; nil where the suffix is none.
  var quality: Chord.Quality? {
    if isLowerCase, let minor = Chord.Quality(symbol: "m" + suffix) { return minor }
    return Chord.Quality(symbol: suffix)
  }

  func root(in key: Key) -> PitchClass {
    let scale = accidental < 0 ? Key.Mode.major : key.mode
    return PitchClass(key.tonic.value + scale.intervals[step] + accidental)
  }
}
