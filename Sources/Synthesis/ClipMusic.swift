import Foundation
public import Music

/// What is known of a clip's music, since it was asked for: nothing here is a guess at what sounds.
public struct ClipMusic: Sendable, Equatable {
  /// Quarter notes a minute.
  public let tempo: Double?
  /// Where a bar begins, in seconds.
  public let firstBeat: Double
  public let timeSignature: TimeSignature?
  public let key: Key?
  /// The one note that sounds, and its MIDI key where its octave was asked for.
  public let pitch: PitchClass?
  public let note: Int?

  /// What a request says, in options, in its prompt, or by its MIDI file, which is read.
  public init(_ request: GenerationRequest) {
    let controls = request.controls
    let score = controls?.midi.flatMap { try? ControlFileMemory().score($0) }
    let ownTempo = score.flatMap { $0.changesTempo ? nil : $0.tempo }
    tempo = controls?.tempo ?? ownTempo
    firstBeat = controls?.firstBeat ?? 0
    timeSignature = controls?.timeSignature.flatMap { TimeSignature(name: $0) } ?? score.flatMap(Self.timeSignature)
    key = controls?.key.flatMap { Key(name: $0) }
    // Beside a file's notes a note is not used.
    let isAlone = controls?.midi == nil && controls?.follow == nil && request.edit?.source == nil
    pitch = isAlone ? controls?.note.flatMap { PitchClass(noteName: $0) } : nil
    note = isAlone ? controls?.note.flatMap { PitchClass.key(ofNoteName: $0) } : nil
  }

  /// What both ends of a morph say.
  public init(_ morph: MorphRequest) {
    let (from, to) = (ClipMusic(morph.from), ClipMusic(morph.to))
    func shared<Value: Equatable>(_ value: (ClipMusic) -> Value?) -> Value? {
      value(from) == value(to) ? value(from) : nil
    }
    let beat = shared { $0.firstBeat }
    (tempo, firstBeat) = (beat == nil ? nil : shared { $0.tempo }, beat ?? 0)
    (timeSignature, key) = (shared { $0.timeSignature }, shared { $0.key })
    (pitch, note) = (shared { $0.pitch }, shared { $0.note })
  }

  /// What the clip of some tags was asked for.
  public init(_ tags: ClipTags) {
    if let morph = tags.morphRequest { self.init(morph) } else { self.init(tags.request) }
  }

  private static func timeSignature(_ score: MIDIFile) -> TimeSignature? {
    let all = Set(score.timeSignatures.map(\.timeSignature))
    return all.count == 1 ? all.first : nil
  }

  /// Quarter notes in so many frames, where their beginning and their end lie on beats, to a frame and a half; else nil.
  public func beats(frameCount: Int, sampleRate: Int) -> Int? {
    guard let tempo else { return nil }
    let framesPerBeat = Double(sampleRate) * 60 / tempo
    func isWhole(_ frames: Double) -> Bool {
      abs(frames - (frames / framesPerBeat).rounded() * framesPerBeat) < 1.5
    }
    let beats = (Double(frameCount) / framesPerBeat).rounded()
    guard beats >= 1, isWhole(Double(frameCount)), isWhole(firstBeat * Double(sampleRate)) else { return nil }
    return Int(beats)
  }
}
