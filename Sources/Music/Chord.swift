/// A root, a quality and perhaps another bass note: Am7, Bbmaj7, C/E.
public struct Chord: Hashable, Sendable {
  public enum Quality: String, CaseIterable, Hashable, Sendable {
    case major = ""
    case minor = "m"
    case diminished = "dim"
    case augmented = "aug"
    case power = "5"
    case suspendedSecond = "sus2"
    case suspendedFourth = "sus4"
    case sixth = "6"
    case minorSixth = "m6"
    case dominantSeventh = "7"
    case majorSeventh = "maj7"
    case minorSeventh = "m7"
    case minorMajorSeventh = "mmaj7"
    case halfDiminished = "m7b5"
    case diminishedSeventh = "dim7"
    case suspendedSeventh = "7sus4"
    case addNinth = "add9"
    case minorAddNinth = "madd9"
    case dominantNinth = "9"
    case majorNinth = "maj9"
    case minorNinth = "m9"
    case sixthNinth = "69"
    case suspendedNinth = "9sus4"
    case addEleventh = "add11"
    case dominantEleventh = "11"
    case minorEleventh = "m11"
    case dominantThirteenth = "13"
    case majorThirteenth = "maj13"
    case minorThirteenth = "m13"
    case sevenFlatFive = "7b5"
    case augmentedSeventh = "7#5"
    case sevenFlatNinth = "7b9"
    case sevenSharpNinth = "7#9"
    case majorSeventhSharpEleventh = "maj7#11"
    case altered = "7alt"
    case sevenSharpEleventh = "7#11"
    case sevenFlatThirteenth = "7b13"
    case sevenFlatFiveFlatNinth = "7b5b9"
    case sevenFlatNinthFlatThirteenth = "7b9b13"
    case sevenFlatNinthSharpEleventh = "7b9#11"
    case sevenFlatFiveSharpNinth = "7b5#9"
    case augmentedFlatNinth = "7#5b9"
    case augmentedSharpNinth = "7#5#9"
    case suspendedFlatNinth = "7sus4b9"
    case augmentedNinth = "9#5"
    case ninthSharpEleventh = "9#11"
    case thirteenthFlatNinth = "13b9"
    case thirteenthSharpEleventh = "13#11"
    case suspendedThirteenth = "13sus4"
    case augmentedMajorSeventh = "maj7#5"
    case majorSeventhFlatFive = "maj7b5"
    case majorNinthSharpEleventh = "maj9#11"
    case minorSixthNinth = "m69"
    case minorMajorNinth = "mmaj9"
    case minorFlatSixth = "mb6"
    case minorSharpFifth = "m#5"

    /// Semitones above the root, from the root up; elevenths and thirteenths without the tones that players leave out.
    public var intervals: [Int] {
      switch self {
      case .major: [0, 4, 7]
      case .minor: [0, 3, 7]
      case .diminished: [0, 3, 6]
      case .augmented: [0, 4, 8]
      case .power: [0, 7]
      case .suspendedSecond: [0, 2, 7]
      case .suspendedFourth: [0, 5, 7]
      case .sixth: [0, 4, 7, 9]
      case .minorSixth: [0, 3, 7, 9]
      case .dominantSeventh: [0, 4, 7, 10]
      case .majorSeventh: [0, 4, 7, 11]
      case .minorSeventh: [0, 3, 7, 10]
      case .minorMajorSeventh: [0, 3, 7, 11]
      case .halfDiminished: [0, 3, 6, 10]
      case .diminishedSeventh: [0, 3, 6, 9]
      case .suspendedSeventh: [0, 5, 7, 10]
      case .addNinth: [0, 4, 7, 14]
      case .minorAddNinth: [0, 3, 7, 14]
      case .dominantNinth: [0, 4, 7, 10, 14]
      case .majorNinth: [0, 4, 7, 11, 14]
      case .minorNinth: [0, 3, 7, 10, 14]
      case .sixthNinth: [0, 4, 7, 9, 14]
      case .suspendedNinth: [0, 5, 7, 10, 14]
      case .addEleventh: [0, 4, 7, 17]
      case .dominantEleventh: [0, 7, 10, 14, 17]
      case .minorEleventh: [0, 3, 7, 10, 14, 17]
      case .dominantThirteenth: [0, 4, 7, 10, 14, 21]
      case .majorThirteenth: [0, 4, 7, 11, 14, 21]
      case .minorThirteenth: [0, 3, 7, 10, 14, 21]
      case .sevenFlatFive: [0, 4, 6, 10]
      case .augmentedSeventh: [0, 4, 8, 10]
      case .sevenFlatNinth: [0, 4, 7, 10, 13]
      case .sevenSharpNinth: [0, 4, 7, 10, 15]
      case .majorSeventhSharpEleventh: [0, 4, 7, 11, 18]
      // An altered dominant as players voice it: without its fifth, with both ninths' sharper one and the flat thirteenth.
      case .altered: [0, 4, 10, 15, 20]
      case .sevenSharpEleventh: [0, 4, 7, 10, 18]
      case .sevenFlatThirteenth: [0, 4, 7, 10, 20]
      case .sevenFlatFiveFlatNinth: [0, 4, 6, 10, 13]
      case .sevenFlatNinthFlatThirteenth: [0, 4, 7, 10, 13, 20]
      case .sevenFlatNinthSharpEleventh: [0, 4, 7, 10, 13, 18]
      case .sevenFlatFiveSharpNinth: [0, 4, 6, 10, 15]
      case .augmentedFlatNinth: [0, 4, 8, 10, 13]
      case .augmentedSharpNinth: [0, 4, 8, 10, 15]
      case .suspendedFlatNinth: [0, 5, 7, 10, 13]
      case .augmentedNinth: [0, 4, 8, 10, 14]
      case .ninthSharpEleventh: [0, 4, 7, 10, 14, 18]
      case .thirteenthFlatNinth: [0, 4, 7, 10, 13, 21]
      case .thirteenthSharpEleventh: [0, 4, 7, 10, 14, 18, 21]
      case .suspendedThirteenth: [0, 5, 7, 10, 14, 21]
      case .augmentedMajorSeventh: [0, 4, 8, 11]
      case .majorSeventhFlatFive: [0, 4, 6, 11]
      case .majorNinthSharpEleventh: [0, 4, 7, 11, 14, 18]
      case .minorSixthNinth: [0, 3, 7, 9, 14]
      case .minorMajorNinth: [0, 3, 7, 11, 14]
      case .minorFlatSixth: [0, 3, 7, 8]
      case .minorSharpFifth: [0, 3, 8]
      }
    }
  }

  public let root: PitchClass
  public let quality: Quality
  /// The lowest note where it is not the root.
  public let bass: PitchClass?

  public init(root: PitchClass, quality: Quality, bass: PitchClass? = nil) {
    self.root = root
    self.quality = quality
    self.bass = bass == root ? nil : bass
  }

  /// Reads names such as "C", "F#m", "Bbmaj7", "Am7b5", "G/B", "C7(b9)", "C^7", "C−7", "C:min7/b3"; nil for anything else.
  public init?(name: String) { self.init(name: name, in: .english) }

  /// In bytes; nothing longer is a chord.
  static let longestName = 64

  /// - Parameter notation: what roots and basses are called.
  init?(name: String, in notation: ChordNotation) {
    guard name.utf8.count <= Self.longestName else { return nil }
    if notation == .english, let chord = Chord(harte: name) {
      self = chord
      return
    }
    // The slashes that are no bass notes.
    var name = name.replacing("6/9", with: "69")
    if name.hasSuffix("/9") { name = name.dropLast(2) + "add9" }
    if let slash = Self.slashBeforeSeventh(name) { name.remove(at: slash) }
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first else { return nil }
    var bass: PitchClass?
    if parts.count == 2 {
      guard let named = notation.roots(of: parts[1]).first(where: { $0.rest.isEmpty }) else { return nil }
      bass = named.pitch
    }
    for (root, suffix) in notation.roots(of: first) {
      guard let quality = Quality(symbol: suffix) else { continue }
      self.init(root: root, quality: quality, bass: bass)
      return
    }
    return nil
  }

  /// As the first `ReadingRules` have it.
  init?(plainName name: String) {
    let name = name.replacing("6/9", with: "69")
    let parts = name.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let (root, suffix) = PitchClass.parse(first) else { return nil }
    guard let quality = Quality(plainSymbol: String(suffix)) else { return nil }
    var bass: PitchClass?
    if parts.count == 2 {
      guard let pitch = PitchClass(name: parts[1]) else { return nil }
      bass = pitch
    }
    self.init(root: root, quality: quality, bass: bass)
  }

  public func name(preferringFlats: Bool = false) -> String {
    let slash = bass.map { "/" + $0.name(preferringFlats: preferringFlats) } ?? ""
    return root.name(preferringFlats: preferringFlats) + quality.rawValue + slash
  }

  /// The chord's pitch classes from the root up; a bass note outside the chord comes last.
  public var pitchClasses: [PitchClass] {
    let tones = quality.intervals.map { PitchClass(root.value + $0) }
    guard let bass, !tones.contains(bass) else { return tones }
    return tones + [bass]
  }
}
