/// What a prompt says about its music in so many words: tempo, key, metre, length, chords, or a single note.
///
/// Reads "90 bpm", "BPM: 120", "tempo of 97", "in A minor", "in B flat", "F# dorian", "3/4", "waltz", "8 bars", "10 seconds", "C
/// major chord", "chords Am F C G", "over Bb - Eb", "C4 note". Conservative: what may be ordinary words ("a minor problem",
/// "I am", "a major seventh") is not read; `remarks(on:)` says what seems to be meant so all the same.
public struct PromptMusic: Equatable, Sendable {
  /// Quarter notes a minute, 20 … 400.
  public let tempo: Double?
  public let key: Key?
  public let timeSignature: TimeSignature?
  public let length: SpokenLength?
  public let chords: ChordChart?
  /// The chords in plain names and with the accidentals of the prompt, as `ChordChart` reads them again.
  public let chordNames: String?
  /// The MIDI key of the one note that is named, where no chords are.
  public let note: Int?
  /// The note with its octave, and with the accidental of the prompt.
  public let noteName: String?
  /// The prompt without the words that say tempo, key, length and a row of chords; all of it where they are all there is.
  ///
  /// Metres stay, being rare, and so do single chords, which are played truer with their names.
  public let caption: String
  /// The caption for a model to which controls do not say the octave of a note, so that its name has to.
  public let captionWithNote: String

  /// - Parameter rules: by which it is read.
  public init(_ prompt: String, rules: ReadingRules = .current) {
    let words = PromptWords(prompt, rules: rules)
    let (tempo, length, spokenKey) = (words.tempo, words.length, words.key)
    let chords = words.chart(key: spokenKey?.value, timeSignature: words.timeSignature ?? .common)
    let key = spokenKey ?? (chords == nil ? words.loneKey : nil)
    (self.tempo, self.key, self.length) = (tempo?.value, key?.value, length?.value)
    timeSignature = words.timeSignature
    (self.chords, chordNames) = (chords?.value.chart, chords?.value.names)
    let note = chords == nil ? words.note : nil
    self.note = note?.value
    noteName = note.map { note in
      let isFlat = words.words[note.words.lowerBound].text.dropFirst().contains { "b♭".contains($0) }
      return PitchClass.noteName(ofKey: note.value, preferringFlats: isFlat)
    }
    let read = [
      tempo.map { ($0.words, Self.beforeTempo) }, key.map { ($0.words, Self.beforeKey) },
      length.map { ($0.words, Self.beforeLength) },
      chords.flatMap { $0.value.chart.spans.count > 1 ? ($0.words, Self.beforeChords) : nil },
    ].compactMap { $0 }
    captionWithNote = read.isEmpty ? prompt : words.without(read) ?? prompt
    caption = note.map { words.without(read, note: $0.words.lowerBound) ?? prompt } ?? captionWithNote
  }

  private static let beforeTempo: Set<String> = ["at", "a"]
  private static let beforeKey: Set<String> = ["in", "the", "key", "of"]
  private static let beforeLength: Set<String> = ["for", "over", "a", "an", "lasting"]
  private static let beforeChords: Set<String> = ["over", "on"]

  /// Whether the prompt says nothing of these.
  public var isEmpty: Bool {
    tempo == nil && key == nil && timeSignature == nil && length == nil && chords == nil && note == nil
  }
  /// Whether it names a note, chords or a key.
  public var namesPitch: Bool { key != nil || chords != nil || note != nil }
}

extension PromptWords {
  /// The text without some of its words, and without the words before them that only lead there ("in the key of"); nil
  /// when none is left.
  /// - Parameter note: the number of a word that names a note; it becomes "note" where no other word says so.
  func without(_ readings: [(words: Range<Int>, leading: Set<String>)], note: Int? = nil) -> String? {
    var words = words
    var isKept = Array(repeating: true, count: words.count)
    for (range, leading) in readings {
      for index in range { isKept[index] = false }
      var before = range.lowerBound - 1
      while before >= 0, !words[before].endsClause, leading.contains(words[before].lowercased) {
        isKept[before] = false
        before -= 1
      }
    }
    if let note, isKept[note] {
      isKept[note] = !saysNote
      words[note].raw = words[note].raw.replacing(words[note].text, with: "note")
      if note > 0, words[note - 1].lowercased == "an" { words[note - 1].raw.removeLast() }
    }
    var rest = ""
    for (word, isKept) in zip(words, isKept) {
      if isKept {
        rest += rest.isEmpty ? word.raw : " " + word.raw
      } else if word.endsClause, rest.last.map({ $0.isLetter || $0.isNumber }) ?? false {
        // What ended with it has ended still.
        rest += ","
      }
    }
    while let last = rest.last, ",.;:".contains(last) { rest.removeLast() }
    return rest.isEmpty ? nil : rest
  }
}
