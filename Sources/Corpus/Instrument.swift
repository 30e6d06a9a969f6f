/// A melodic General MIDI instrument: how it is called, where it sounds well, and what it is good for.
struct Instrument: Sendable, Equatable {
  enum Family: String, Codable, Sendable {
    case keys, mallets, organ, guitar, bass, strings, voice, brass, reed, wind, lead, pad, world

    /// Whether its members differ little from each other: a model that had heard every instrument alike played three in
    /// four or fewer of these, and nine in ten of the others (`Models/first/HISTORY.md`, stage four).
    var isSubtle: Bool { [.keys, .organ, .bass, .strings, .brass, .lead, .pad].contains(self) }
  }

  /// The phrase kinds an instrument is given.
  struct Uses: OptionSet, Sendable {
    let rawValue: Int
    static let note = Uses(rawValue: 1)
    static let chord = Uses(rawValue: 2)
    static let progression = Uses(rawValue: 4)
    static let arpeggio = Uses(rawValue: 8)
    static let melody = Uses(rawValue: 16)
    static let riff = Uses(rawValue: 32)
    static let bass = Uses(rawValue: 64)

    static let everything: Uses = [.note, .chord, .progression, .arpeggio, .melody, .riff]
    static let plucked: Uses = [.note, .chord, .arpeggio, .melody, .riff]
    static let single: Uses = [.note, .melody, .riff]
    static let singing: Uses = [.note, .melody]
    static let slow: Uses = [.note, .chord, .progression]
    static let low: Uses = [.note, .bass, .riff]
  }

  /// The canonical name, which labels carry.
  let name: String
  /// General MIDI programs counted from 0 that go by this name.
  let programs: [Int]
  let family: Family
  /// The comfortable range, in MIDI keys.
  let range: ClosedRange<Int>
  let uses: Uses
  /// Other names in use. Here and in `name`, no article goes with a name in `plurals`.
  let aliases: [String]
  /// Adjectives that are always true of its tone.
  let tones: [String]
  /// Whether it dies away by itself (plucked or struck) rather than sounding for as long as it is held.
  let decays: Bool
  /// How often it is chosen; 1 is usual.
  let weight: Double
  /// Semitones from the key struck to the pitch heard; nil where a key sounds a whole orchestra.
  let soundingOffset: Int?

  init(
    _ name: String, _ programs: Int..., family: Family, range: ClosedRange<Int>, uses: Uses, aliases: [String] = [],
    tones: [String] = [], decays: Bool = false, weight: Double = 1, soundingOffset: Int? = 0
  ) {
    self.name = name
    self.programs = programs
    self.family = family
    self.range = range
    self.uses = uses
    self.aliases = aliases
    self.tones = tones
    self.decays = decays
    self.weight = weight
    self.soundingOffset = soundingOffset
  }

  /// Whether short and long notes sound different on it: bells and harps ring on whatever the player does.
  var articulates: Bool {
    switch family {
    case .mallets, .pad: false
    case .world, .strings: !decays
    default: true
    }
  }

  /// Names that are plural or uncountable: "strings", not "a strings".
  static let plurals: Set<String> = [
    "strings", "plucked strings", "tremolo strings", "pizzicato strings", "synth strings", "orchestral strings",
    "brass",
    "horns", "synth brass", "vibes", "voices", "bagpipes", "pan pipes", "tubular bells", "chimes", "steel drums",
    "timpani", "kettledrums", "vocal oohs", "choir aahs", "guitar harmonics", "whistling", "tremolo violins",
    "pizzicato", "analog strings", "brass stabs", "Highland bagpipes", "Rhodes", "bells", "mallets", "bars", "pipes",
    "vocals", "violins", "violins and cellos", "trumpets and trombones", "glasses", "notes", "tines", "singing",
  ]
}
