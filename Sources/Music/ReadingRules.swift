/// By which rules prompts, chord charts and MIDI files are read. Rules change, and a clip is made again by those of its
/// time.
///
/// | rules | since then |
/// |---|---|
/// | first | tempos as "90 bpm"; keys with their mode; a chart's empty bars are passed over; a file plays at its own tempo |
/// | second | lengths ("8 bars"), "bpm 120", "in B flat"; more spellings of chords, German and Romance names, slashes; an empty bar holds its chord; a file plays at a tempo that is given |
/// | third | a minor chord's name alone is the key ("Bbm piano"); a key ends a row of chords; "2,5 seconds" |
/// | fourth | Romance names in a row are chords without a word that says so: "Lam Fa Do Sol" |
/// | fifth | "Cm/maj7" is a chord |
public enum ReadingRules: Int, Codable, CaseIterable, Comparable, Sendable {
  case first = 1
  case second = 2
  case third = 3
  case fourth = 4
  case fifth = 5

  public static let current = fifth

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
