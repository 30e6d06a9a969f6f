/// What a prompt says about its music in so many words: tempo, key, metre, chords, or a single note.
///
/// Reads "90 bpm", "at 120 BPM", "tempo of 97", "in A minor", "F# dorian", "3/4", "waltz", "C major chord", "chords Am F C
/// G", "over Bb - Eb", "C4 note". Conservative: what may be ordinary words ("a minor problem", "I am", "a major seventh") is not read.
public struct PromptMusic: Equatable, Sendable {
  /// Quarter notes a minute, 20 … 400.
  public let tempo: Double?
  public let key: Key?
  public let timeSignature: TimeSignature?
  public let chords: ChordChart?
  /// The MIDI key of the one note that is named, where no chords are.
  public let note: Int?

  public init(_ prompt: String) {
    let words = PromptWords(prompt)
    tempo = words.tempo
    key = words.key
    timeSignature = words.timeSignature
    chords = words.chart(key: words.key, timeSignature: words.timeSignature ?? .common)
    note = chords == nil ? words.note : nil
  }

  /// Whether the prompt says nothing of these.
  public var isEmpty: Bool { tempo == nil && key == nil && timeSignature == nil && chords == nil && note == nil }
  /// Whether it names a note, chords or a key.
  public var namesPitch: Bool { key != nil || chords != nil || note != nil }
}
