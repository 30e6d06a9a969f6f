import Audio
public import Music

/// What a clip is asked to do besides its prompt: chords, tempo, the notes of a MIDI file, the line of a recording.
public struct ControlRequest: Codable, Sendable, Equatable {
  /// Chord names in a row, as `ChordChart` reads them, and how long each lasts, in beats.
  public var chords: String?
  public var beatsPerChord = 4.0
  /// What roman numerals and numbers among the chords refer to, for example "A minor". Where nothing else says which
  /// notes sound, it does: each as strongly as a scale's degrees sound on average.
  public var key: String?
  /// One note that sounds throughout, "C4", or "C" in any octave. Excludes chords.
  public var note: String?
  /// Quarter notes a minute; without one, chords go at 120 and nothing is said of beats.
  public var tempo: Double?
  /// For example "3/4".
  public var timeSignature: String?
  /// A MIDI file whose notes and beats to play.
  public var midi: ControlFile?
  /// A recording to follow, and in what.
  public var follow: ControlFile?
  public var followed: ControlTrack.Groups = [.pitch, .loudness, .brightness]
  /// How strongly all this is followed: 1 is as learned, without guidance; nil is what `strength(beside:)` says.
  public var scale: Float?
  /// Whether the prompt was heard: its tempo, key and chords are among all this, or overruled by it, and the text encoder
  /// need not be told them; nil for no.
  public var hasHeardPrompt: Bool?
  /// What was read in the prompt, so that it is read once; not kept in tags.
  var heard = Remembered<PromptMusic>(nil)

  public init() {}

  private enum CodingKeys: CodingKey {
    case chords, beatsPerChord, key, note, tempo, timeSignature, midi, follow, followed, scale, hasHeardPrompt
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
    try stored.read(.follow, into: &follow)
    try stored.read(.followed, into: &followed)
    try stored.read(.scale, into: &scale)
    try stored.read(.hasHeardPrompt, into: &hasHeardPrompt)
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

  /// The control track of a clip.
  /// - Throws: `ControlError` when a chord, a key, a note or a time signature is not understood, or a file cannot be used.
  public func track(frameCount: Int, framesPerSecond: Double) throws(ControlError) -> ControlTrack {
    var track = ControlTrack(frameCount: frameCount, framesPerSecond: framesPerSecond)
    if let follow {
      let recording = try recording(follow)
      track = track.merging(
        recording.keeping(followed).resampled(framesPerSecond: framesPerSecond, frameCount: frameCount))
    }
    if let midi {
      let file = try file(midi)
      let notes = ControlTrack(midi: file, frameCount: frameCount, framesPerSecond: framesPerSecond)
      // Every file has a tempo; of a clip without a pulse the network has not learned what one would mean.
      track = track.merging(file.hasPulse ? notes : notes.keeping([.pitch, .register]))
    }
    let signature = try signature()
    if let chart = try chart() {
      let chords = ControlTrack(
        chords: chart, tempo: tempo ?? 120, timeSignature: signature, frameCount: frameCount,
        framesPerSecond: framesPerSecond)
      track = track.merging(tempo == nil ? chords.keeping(.pitch) : chords)
    } else if let tempo {
      track = track.merging(
        ControlTrack(
          tempo: tempo, timeSignature: signature, frameCount: frameCount, framesPerSecond: framesPerSecond))
    }
    if let scale = try scaleTrack(frameCount: frameCount, framesPerSecond: framesPerSecond) {
      track = track.merging(scale)
    }
    return track
  }

  /// What a note, or a key by itself, says of pitch; nil where others say more, or neither is there.
  private func scaleTrack(frameCount: Int, framesPerSecond: Double) throws(ControlError) -> ControlTrack? {
    guard chords == nil, midi == nil else { return nil }
    if let pitch = try pitch() {
      let key = note.flatMap { PitchClass.key(ofNoteName: $0) }
      return key.map { ControlTrack(key: $0, frameCount: frameCount, framesPerSecond: framesPerSecond) }
        ?? ControlTrack(note: pitch, frameCount: frameCount, framesPerSecond: framesPerSecond)
    }
    guard follow == nil || !followed.contains(.pitch), let key = try readKey() else { return nil }
    return ControlTrack(key: key, frameCount: frameCount, framesPerSecond: framesPerSecond)
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

  private func chart() throws(ControlError) -> ChordChart? {
    guard let chords else { return nil }
    let (key, signature) = (try readKey(), try signature())
    do {
      return try ChordChart(chords, key: key, beatsPerChord: beatsPerChord, timeSignature: signature)
    } catch { throw .chords(error) }
  }

  private func readKey() throws(ControlError) -> Key? {
    guard let name = key else { return nil }
    guard let key = Key(name: name) else { throw .key(name) }
    return key
  }

  private func pitch() throws(ControlError) -> PitchClass? {
    guard let note else { return nil }
    guard let pitch = PitchClass(noteName: note) else { throw .note(note) }
    return pitch
  }

  private func signature() throws(ControlError) -> TimeSignature {
    guard let timeSignature else { return .common }
    guard let signature = TimeSignature(name: timeSignature) else { throw .timeSignature(timeSignature) }
    return signature
  }

  private func file(_ file: ControlFile) throws(ControlError) -> MIDIFile {
    try file.check(as: .midi)
    do { return try MIDIFile.read(file.url) } catch { throw .midi(path: file.path, error) }
  }

  private func recording(_ file: ControlFile) throws(ControlError) -> ControlTrack {
    try file.check(as: .sound)
    let clip: AudioClip
    do {
      clip = try AudioFile.read(
        file.url, sampleRate: ControlAnalysis.sampleRate, channelCount: ControlAnalysis.channelCount)
    } catch { throw .audio(error) }
    let track = ControlAnalysis().analyze(clip.samples)
    guard track.values.contains(where: { $0 != 0 }) else { throw .silent(path: file.path) }
    return track
  }
}
