/// A tonic and a mode, such as A minor or D dorian.
public struct Key: Hashable, Sendable, Codable {
  public enum Mode: String, CaseIterable, Hashable, Sendable, Codable {
    case major, minor, dorian, mixolydian, phrygian, lydian

    /// Semitones of the seven degrees above the tonic; minor is the natural minor.
    public var intervals: [Int] {
      switch self {
      case .major: [0, 2, 4, 5, 7, 9, 11]
      case .minor: [0, 2, 3, 5, 7, 8, 10]
      case .dorian: [0, 2, 3, 5, 7, 9, 10]
      case .mixolydian: [0, 2, 4, 5, 7, 9, 10]
      case .phrygian: [0, 1, 3, 5, 7, 8, 10]
      case .lydian: [0, 2, 4, 6, 7, 9, 11]
      }
    }

    public var hasMinorThird: Bool { intervals[2] == 3 }

    /// How far above this mode's tonic its relative major's tonic lies, which decides the key signature.
    var relativeMajorOffset: Int {
      switch self {
      case .major: 0
      case .minor: 3
      case .dorian: 10
      case .mixolydian: 5
      case .phrygian: 8
      case .lydian: 7
      }
    }
  }

  public let tonic: PitchClass
  public let mode: Mode

  public init(tonic: PitchClass, mode: Mode) {
    self.tonic = tonic
    self.mode = mode
  }

  /// Reads "A minor", "Am", "c# minor", "Bb", "D dorian", "F sharp minor", "B-flat major", "E MAJOR"; nil for anything
  /// else.
  public init?(name: String) {
    guard let (letter, rest) = PitchClass.parse(name[...]) else { return nil }
    var words = rest.split { $0 == " " || $0 == "-" || $0 == "\u{A0}" }.map(String.init)
    var tonic = letter
    if let word = words.first, let step = Self.spokenAccidentals[word.lowercased()] {
      tonic = PitchClass(letter.value + step)
      words.removeFirst()
    }
    guard words.count <= 1, let mode = Self.mode(named: words.first ?? "") else { return nil }
    self.init(tonic: tonic, mode: mode)
  }

  /// As the first `ReadingRules` have it: "A minor", "Am", "c# minor", "Bb", "Bb major".
  init?(symbol name: String) {
    guard let (tonic, rest) = PitchClass.parse(name[...]) else { return nil }
    let word = rest.split(separator: " ").joined(separator: " ")
    let mode: Mode?
    switch word {
    case "", "maj", "M": mode = .major
    case "m", "min": mode = .minor
    default: mode = Mode(rawValue: word.lowercased())
    }
    guard let mode else { return nil }
    self.init(tonic: tonic, mode: mode)
  }

  static let spokenAccidentals = ["flat": -1, "sharp": 1]

  /// A mode by its name; "M" is major, and "m" minor.
  static func mode(named name: String) -> Mode? {
    switch name {
    case "M": .major
    case "m": .minor
    default:
      switch name.lowercased() {
      case "", "maj", "ionian": .major
      case "min", "aeolian": .minor
      case let word: Mode(rawValue: word)
      }
    }
  }

  /// True when the key signature has flats (six accidentals count as flats for G♭/E♭ minor).
  public var prefersFlats: Bool {
    [1, 3, 5, 6, 8, 10].contains(PitchClass(tonic.value + mode.relativeMajorOffset).value)
  }

  public var tonicName: String { tonic.name(preferringFlats: prefersFlats) }

  /// For example "A minor".
  public var name: String { "\(tonicName) \(mode.rawValue)" }

  /// For example "Am" or "Eb"; the mode spelt out where it is neither major nor minor.
  public var shortName: String {
    switch mode {
    case .major: tonicName
    case .minor: tonicName + "m"
    default: name
    }
  }

  /// The pitch classes of the scale, from the tonic up.
  public var pitchClasses: [PitchClass] { mode.intervals.map { PitchClass(tonic.value + $0) } }

  public func contains(_ pitch: PitchClass) -> Bool { pitchClasses.contains(pitch) }

  /// Semitones above the tonic of a scale degree counted from 0; degrees below 0 and above 6 go on in other octaves.
  public func semitones(ofDegree degree: Int) -> Int {
    let octave = Int((Double(degree) / 7).rounded(.down))
    return octave * 12 + mode.intervals[degree - octave * 7]
  }
}

extension Key {
  /// Sharps of the key signature, 0 … 5, or as negative numbers flats, down to −6: as many as `prefersFlats` says.
  public var sharps: Int {
    // Fifths above C of the relative major.
    let fifths = PitchClass(7 * (tonic.value + mode.relativeMajorOffset)).value
    return fifths >= 6 ? fifths - 12 : fifths
  }
}
