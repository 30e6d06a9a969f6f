/// One of the twelve pitch classes of equal temperament, C = 0 … B = 11.
public struct PitchClass: Hashable, Sendable, Codable {
  public let value: Int

  /// Takes any integer, such as a MIDI key, modulo 12.
  public init(_ value: Int) {
    self.value = ((value % 12) + 12) % 12
  }

  /// Reads a letter A…G, upper or lower case, and any accidentals (`#`, `b`, `♯`, `♭`) after it; nil for anything else.
  public init?(name: some StringProtocol) {
    guard let (pitch, rest) = Self.parse(Substring(name)), rest.isEmpty else { return nil }
    self = pitch
  }

  static let sharpNames = ["C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B"]
  static let flatNames = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"]

  public func name(preferringFlats: Bool = false) -> String {
    (preferringFlats ? Self.flatNames : Self.sharpNames)[value]
  }

  /// The name with its octave, as scientific pitch notation has it: MIDI key 60 is C4.
  public static func noteName(ofKey key: Int, preferringFlats: Bool = false) -> String {
    let octave = (key - PitchClass(key).value) / 12 - 1
    return PitchClass(key).name(preferringFlats: preferringFlats) + String(octave)
  }

  /// Reads a note with or without its octave, "C4", "f#2", "Bb"; nil for anything else.
  public init?(noteName: some StringProtocol) {
    guard let (pitch, rest) = Self.parse(Substring(noteName)) else { return nil }
    guard rest.isEmpty || rest.count == 1 && rest.first?.wholeNumberValue != nil else { return nil }
    self = pitch
  }

  /// The MIDI key of a note named with its octave: 60 for "C4", 59 for "Cb4"; nil for anything else.
  public static func key(ofNoteName name: some StringProtocol) -> Int? {
    guard let (_, rest) = parse(Substring(name)), rest.count == 1, let octave = rest.first?.wholeNumberValue,
      let natural = PitchClass(name: name.prefix(1))
    else { return nil }
    // Cb4 is below C4, and B#4 above B4: the accidentals count from the letter.
    let shift = name.dropFirst().compactMap { accidentals[$0] }.reduce(0, +)
    return natural.value + shift + 12 * (octave + 1)
  }

  /// Splits a pitch class off the front of `text`, so that chord and key names can be read from left to right.
  static func parse(_ text: Substring) -> (pitch: PitchClass, rest: Substring)? {
    let naturals: [Character: Int] = ["C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11]
    guard let letter = text.first, let natural = naturals[Character(letter.uppercased())] else { return nil }
    var value = natural
    var rest = text.dropFirst()
    while let mark = rest.first, let step = Self.accidentals[mark] {
      value += step
      rest = rest.dropFirst()
    }
    return (PitchClass(value), rest)
  }

  static let accidentals: [Character: Int] = ["#": 1, "♯": 1, "b": -1, "♭": -1]
}
