public import Audio
import Foundation
public import Music
import Storage

/// What a clip is asked to do besides its prompt: chords, tempo, the notes of a MIDI file, the line of a recording.
public struct ControlRequest: Codable, Sendable, Equatable {
  /// Chord names in a row, as `ChordChart` reads them, and how long each lasts, in beats.
  public var chords: String?
  public var beatsPerChord = 4.0
  /// What roman numerals and numbers among the chords refer to, for example "A minor".
  public var key: String?
  /// Quarter notes a minute; without one, chords go at 120 and nothing is said of beats.
  public var tempo: Double?
  /// For example "3/4".
  public var timeSignature: String?
  /// A MIDI file whose notes and beats to play.
  public var midi: ControlFile?
  /// A recording to follow, and in what.
  public var follow: ControlFile?
  public var followed: ControlTrack.Groups = [.pitch, .loudness, .brightness]
  /// How strongly all this is followed; 1 is without guidance of its own.
  public var scale: Float = 1

  public init() {}

  /// Whether nothing is asked for.
  public var isEmpty: Bool { chords == nil && tempo == nil && midi == nil && follow == nil }

  /// The control track of a clip.
  /// - Throws: `ControlError` when a chord, a key or a time signature is not understood, or a file cannot be used.
  public func track(frameCount: Int, framesPerSecond: Double) throws(ControlError) -> ControlTrack {
    var track = ControlTrack(frameCount: frameCount, framesPerSecond: framesPerSecond)
    if let follow {
      let recording = try recording(follow)
      track = track.merging(
        recording.keeping(followed).resampled(framesPerSecond: framesPerSecond, frameCount: frameCount))
    }
    if let midi {
      track = track.merging(
        ControlTrack(midi: try file(midi), frameCount: frameCount, framesPerSecond: framesPerSecond))
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
    return track
  }

  /// The length of so many bars in seconds; nil without a tempo, or when the time signature is not understood.
  public func seconds(bars: Int) -> Double? {
    guard let tempo, let signature = try? signature() else { return nil }
    return Double(bars) * signature.quartersPerBar * 60 / tempo
  }

  /// What makes it impossible, in one line; nil if all is understood. Reads no file.
  public var problem: String? {
    if let tempo, !(tempo.isFinite && (20...400).contains(tempo)) {
      return "a tempo of \(tempo) is not between 20 and 400"
    }
    guard beatsPerChord.isFinite, (0.25...64).contains(beatsPerChord) else {
      return "\(beatsPerChord) beats a chord are not between 0.25 and 64"
    }
    guard scale.isFinite, (0...20).contains(scale) else { return "a control scale of \(scale) is not between 0 and 20" }
    do {
      _ = try signature()
      _ = try chart()
    } catch { return error.description }
    return nil
  }

  private func chart() throws(ControlError) -> ChordChart? {
    guard let chords else { return nil }
    let key = try key.map { name throws(ControlError) in
      guard let key = Key(name: name) else { throw .key(name) }
      return key
    }
    let signature = try signature()
    do {
      return try ChordChart(chords, key: key, beatsPerChord: beatsPerChord, timeSignature: signature)
    } catch { throw .chords(error) }
  }

  private func signature() throws(ControlError) -> TimeSignature {
    guard let timeSignature else { return .common }
    guard let signature = TimeSignature(name: timeSignature) else { throw .timeSignature(timeSignature) }
    return signature
  }

  private func file(_ file: ControlFile) throws(ControlError) -> MIDIFile {
    try file.check()
    do { return try MIDIFile.read(file.url) } catch { throw .midi(path: file.path, error) }
  }

  private func recording(_ file: ControlFile) throws(ControlError) -> ControlTrack {
    try file.check()
    let clip: AudioClip
    do { clip = try AudioFile.read(file.url, sampleRate: ControlAnalysis.sampleRate) } catch { throw .audio(error) }
    let track = ControlAnalysis().analyze(clip.samples)
    guard track.values.contains(where: { $0 != 0 }) else { throw .silent(path: file.path) }
    return track
  }
}

/// A file that a clip depends on: where it was, and what was in it.
public struct ControlFile: Codable, Sendable, Equatable {
  public var path: String
  /// Of its bytes, as 16 hexadecimal digits.
  public var hash: String

  var url: URL { URL(fileURLWithPath: path) }

  /// The file at a path as it is now.
  /// - Throws: `ControlError.missing`.
  public init(path: String) throws(ControlError) {
    guard let hash = Self.hash(of: path) else { throw .missing(path: path) }
    self.path = path
    self.hash = hash
  }

  /// - Throws: `ControlError` when the file is gone, or another.
  func check() throws(ControlError) {
    guard let found = Self.hash(of: path) else { throw .missing(path: path) }
    guard found == hash else { throw .changed(path: path) }
  }

  private static func hash(of path: String) -> String? {
    DurableFile.fingerprint(of: URL(fileURLWithPath: path)).map { StableHash.hexadecimal($0.hash) }
  }
}

/// Why a clip cannot be controlled as it was asked to be.
public enum ControlError: Error, Equatable, Sendable, CustomStringConvertible {
  case chords(ChordChartError)
  case key(String)
  case timeSignature(String)
  case midi(path: String, MIDIError)
  case audio(AudioFileError)
  /// There is no such file, or it cannot be read.
  case missing(path: String)
  /// The file is not the one that the clip was made with.
  case changed(path: String)
  /// The model's network takes no controls.
  case unsupported(model: String)
  /// A recording that a clip should go on from is as long as the clip already.
  case nothingToContinue(path: String)
  /// A recording to follow has nothing in it.
  case silent(path: String)

  public var description: String {
    switch self {
    case .chords(let error): "\(error)"
    case .key(let name): "\"\(name)\" is no key; A minor, F# and D dorian are"
    case .timeSignature(let name): "\"\(name)\" is no time signature; 4/4 and 6/8 are"
    case .midi(let path, let error): "\(error)".hasPrefix(path) ? "\(error)" : "\(path): \(error)"
    case .audio(let error): "\(error)"
    case .missing(let path): "\(path): there is no such file, or it cannot be read"
    case .changed(let path): "\(path): this is not the file that the clip was made with"
    case .unsupported(let model): "the model \(model) takes no controls: it learned without them"
    case .nothingToContinue(let path):
      "\(path): nothing is left to continue: ask for a --duration longer than the recording"
    case .silent(let path): "\(path): there is nothing but silence to follow"
    }
  }
}
