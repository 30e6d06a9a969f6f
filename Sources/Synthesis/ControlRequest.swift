public import Music

/// What a clip is asked to do besides its prompt: chords, tempo, the notes of a MIDI file, the line of a recording.
public struct ControlRequest: Codable, Sendable, Equatable {
  /// Chord names in a row, as `ChordChart` reads them, and how long each lasts, in quarter notes.
  public var chords: String?
  public var beatsPerChord = 4.0
  /// What roman numerals and numbers among the chords refer to, for example "A minor". Where nothing else says which
  /// notes sound, it does: each as strongly as a scale's degrees sound on average.
  public var key: String?
  /// One note that sounds throughout, "C4", or "C" in any octave. Excludes chords.
  public var note: String?
  /// Quarter notes a minute; without one, chords go at 120 and nothing is said of beats.
  public var tempo: Double?
  /// Where a bar begins, in seconds; nil for the clip's beginning.
  public var firstBeat: Double?
  /// For example "3/4".
  public var timeSignature: String?
  /// A MIDI file whose notes and beats to play.
  public var midi: ControlFile?
  /// A recording to follow, and in what.
  public var follow: ControlFile?
  public var followed = followedByDefault
  /// The MIDI keys that the instrument plays: a recording that is followed with its register, but lies elsewhere, is moved
  /// there by octaves; nil leaves it where it is.
  public var range: ClosedRange<Int>?
  /// How strongly all this is followed: 1 is as learned, without guidance; nil is what `strength(beside:)` says.
  public var scale: Float?
  /// Whether the prompt was heard: its tempo, key and chords are among all this, or overruled by it, and the text encoder
  /// need not be told them; nil for no.
  public var hasHeardPrompt: Bool?
  /// By which rules prompt, chords and files are read; nil is the first, of before there were others. `RequestDraft` says it
  /// only where the rules make a difference.
  public var rules: ReadingRules?
  /// Whether notes of the MIDI file begin to the millisecond where it has them, rather than within a frame of it; nil for no.
  public var placesOnsets: Bool?
  /// What was read in the prompt, so that it is read once; not kept in tags.
  var heard = Remembered<PromptMusic>(nil)

  public init() {}

  /// What is followed of a recording unless something else is said, and what was before registers were.
  public static let followedByDefault: ControlTrack.Groups = [.pitch, .register, .loudness, .brightness]
  private static let followedAtFirst: ControlTrack.Groups = [.pitch, .loudness, .brightness]

  private enum CodingKeys: CodingKey {
    case chords, beatsPerChord, key, note, tempo, firstBeat, timeSignature, midi, follow, followed, range, scale
    case hasHeardPrompt, rules, placesOnsets
  }

  /// Reads what is there; what is not has its default, as in the tags of a version that did not know it.
  public init(from decoder: any Decoder) throws {
    let stored = try decoder.container(keyedBy: CodingKeys.self)
    try stored.read(.chords, into: &chords)
    try stored.read(.beatsPerChord, into: &beatsPerChord)
    try stored.read(.key, into: &key)
    try stored.read(.note, into: &note)
    try stored.read(.tempo, into: &tempo)
    try stored.read(.timeSignature, into: &timeSignature)
    try stored.read(.midi, into: &midi)
    try stored.read(.firstBeat, into: &firstBeat)
    try stored.read(.follow, into: &follow)
    followed = try stored.decodeIfPresent(ControlTrack.Groups.self, forKey: .followed) ?? Self.followedAtFirst
    try stored.read(.range, into: &range)
    try stored.read(.scale, into: &scale)
    try stored.read(.hasHeardPrompt, into: &hasHeardPrompt)
    rules = try stored.decodeIfPresent(ReadingRules.self, forKey: .rules)
    try stored.read(.placesOnsets, into: &placesOnsets)
  }

  /// How strongly a recording is followed where nobody says. Its pitch classes are as they were heard, less sharp than
  /// those of notes: followed as strongly as a prompt, one in six is lost (`docs/experiments/control-track.md`). It costs the denoiser a
  /// third branch, and the instrument some of its colour.
  static let scaleOfRecordings: Float = 4

  /// How strongly all this is followed beside a prompt of this guidance.
  package func strength(beside guidance: Float) -> Float {
    scale ?? (follow != nil && guidance > 1 ? max(guidance, Self.scaleOfRecordings) : guidance)
  }

  /// Whether nothing is asked for.
  public var isEmpty: Bool {
    chords == nil && key == nil && note == nil && tempo == nil && midi == nil && follow == nil
  }

  /// The length of so many bars in seconds; nil without a tempo, or when the time signature is not understood.
  public func seconds(bars: Int) -> Double? {
    guard let tempo, tempo > 0, tempo.isFinite, let signature = try? signature() else { return nil }
    return Bars(Double(bars), tempo: Tempo(beatsPerMinute: tempo), timeSignature: signature).seconds
  }

  /// In bytes: the chords of a long piece, and what the tags of a WAV file keep.
  private static let longestText = 8000

  /// What makes it impossible, in one line; nil if all is understood. Reads no file.
  public var problem: String? {
    if let tempo, !(tempo.isFinite && (20...400).contains(tempo)) {
      return "a tempo of \(tempo) is not between 20 and 400"
    }
    guard beatsPerChord.isFinite, (0.25...64).contains(beatsPerChord) else {
      return "\(beatsPerChord) beats a chord are not between 0.25 and 64"
    }
    if let scale, !(scale.isFinite && (0...20).contains(scale)) {
      return "a control scale of \(scale) is not between 0 and 20"
    }
    if let range, range.lowerBound < 0 || range.upperBound > 127 {
      return "a range of MIDI keys from \(range.lowerBound) to \(range.upperBound) is not within 0 … 127"
    }
    if let firstBeat, !firstBeat.isFinite { return "a first beat at \(firstBeat) s is nowhere" }
    for (name, text) in [("chords", chords), ("key", key), ("note", note), ("time signature", timeSignature)] {
      guard let text, text.utf8.count > Self.longestText else { continue }
      return "a text of \(text.utf8.count) bytes for \(name) is longer than \(Self.longestText)"
    }
    guard followed.isSubset(of: .all) else { return "what is to be followed is nothing that recordings have" }
    if note != nil, chords != nil { return "a note and chords exclude each other" }
    do {
      _ = try signature()
      _ = try readKey()
      _ = try pitch()
      _ = try chart()
    } catch { return error.description }
    return nil
  }

  func chart() throws(ControlError) -> ChordChart? {
    guard let chords else { return nil }
    let (key, signature) = (try readKey(), try signature())
    do {
      return try ChordChart(
        chords, key: key, beatsPerChord: beatsPerChord, timeSignature: signature, rules: rules ?? .first)
    } catch { throw .chords(error) }
  }

  func readKey() throws(ControlError) -> Key? {
    guard let name = key else { return nil }
    guard let key = Key(name: name) else { throw .key(name) }
    return key
  }

  func pitch() throws(ControlError) -> PitchClass? {
    guard let note else { return nil }
    guard let pitch = PitchClass(noteName: note) else { throw .note(note) }
    return pitch
  }

  func signature() throws(ControlError) -> TimeSignature {
    guard let timeSignature else { return .common }
    guard let signature = TimeSignature(name: timeSignature) else { throw .timeSignature(timeSignature) }
    return signature
  }
}
