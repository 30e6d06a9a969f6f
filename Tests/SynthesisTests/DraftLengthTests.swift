import Audio
import Foundation
import Music
import Synthesis
import Testing

@Suite("Lengths are taken from what is given")
final class DraftLengthTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-lengths-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// A MIDI file of notes of a quarter each from the start on, at 120 beats a minute unless another tempo is given.
  private func score(
    _ keys: [Int] = Array(repeating: 60, count: 20), channel: Int = 0, from start: Double = 0, tempo: Int? = 120,
    signature: TimeSignature? = nil, drums: Int = 0, lengthBeats: Double = 0, named name: String = "song.mid"
  ) throws -> ControlFile {
    let notes = keys.enumerated().map {
      NoteEvent(startBeats: start + Double($0), durationBeats: 1, key: $1, velocity: 90, channel: channel)
    }
    let strokes = (0..<drums).map {
      NoteEvent(startBeats: Double($0), durationBeats: 1, key: 36, velocity: 90, channel: 9)
    }
    let file = MIDIFile(
      tempos: tempo.map { [.init(beat: 0, microsecondsPerQuarter: 60_000_000 / $0)] } ?? [],
      timeSignatures: signature.map { [.init(beat: 0, timeSignature: $0)] } ?? [],
      tracks: [.init(notes: notes), .init(notes: strokes)], lengthBeats: lengthBeats)
    let url = folder.appendingPathComponent(name)
    try file.write(to: url)
    return try ControlFile(path: url.path)
  }

  private func recording(seconds: Double, named name: String = "hum.wav") throws -> ControlFile {
    let url = folder.appendingPathComponent(name)
    let samples = (0..<Int(seconds * 8000)).map { Float(0.4 * sin(Double($0) * 0.2)) }
    try AudioFile.write(AudioClip(mono: samples, sampleRate: 8000), to: url)
    return try ControlFile(path: url.path)
  }

  private func resolve(
    _ prompt: String = "piano", change: (inout RequestDraft) throws -> Void = { _ in }
  ) throws -> (request: GenerationRequest, notes: [String]) {
    var draft = RequestDraft(GenerationRequest(prompt: prompt))
    try change(&draft)
    let resolved = try draft.resolve()
    let notes = resolved.notes.map { $0.text(prefix: "--").replacing(folder.path + "/", with: "") }
    return (resolved.request, notes)
  }

  @Test("A MIDI file's, a hum's and a recording's own length is the default")
  func defaults() throws {
    let (song, hum) = (try score(), try recording(seconds: 4.8))
    #expect(try resolve { $0.controls.midi = song }.request.duration == 10)
    #expect(try resolve { $0.controls.midi = song }.notes.isEmpty)
    #expect(try resolve { $0.controls.follow = hum }.request.duration == 4.8)
    #expect(try resolve { $0.changedRecording = hum }.request.duration == 4.8)
    #expect(try resolve().request.duration == 4)
    let both = try resolve { ($0.controls.midi, $0.controls.follow) = (song, hum) }
    #expect(both.request.duration == 10)
    #expect(both.notes == ["hum.wav ends after 4.8 s, and the clip after 10.0 s: the rest follows nothing"])
    let long = try score(Array(repeating: 60, count: 300))
    let cut = try resolve { $0.controls.midi = long }
    #expect(cut.request.duration == 120)
    #expect(cut.notes == ["song.mid lasts 150.0 s, and the clip 120.0 s: the rest is cut"])
  }

  @Test("What is cut is said, and what there is no music for")
  func cuts() throws {
    let (song, hum) = (try score(), try recording(seconds: 4.8))
    let cut = try resolve { ($0.controls.midi, $0.duration) = (song, 4) }
    #expect(cut.request.duration == 4 && cut.notes == ["song.mid lasts 10.0 s, and the clip 4.0 s: the rest is cut"])
    #expect(
      try resolve { ($0.controls.follow, $0.duration) = (hum, 2) }.notes
        == ["hum.wav lasts 4.8 s, and the clip 2.0 s: the rest is cut"])
    #expect(
      try resolve { ($0.changedRecording, $0.duration) = (hum, 2) }.notes
        == ["hum.wav lasts 4.8 s, and the clip 2.0 s: the rest is cut"])
    #expect(
      try resolve { ($0.controls.midi, $0.duration) = (song, 30) }.notes
        == ["song.mid ends after 10.0 s, and the clip after 30.0 s: the rest follows nothing"])
    let quiet = try score([60, 62], lengthBeats: 32)
    #expect(
      try resolve { $0.controls.midi = quiet }.notes == ["song.mid is silent from 1.0 s on, where its last note ends"])
  }

  @Test("Bars are of a MIDI file's tempo and metre")
  func bars() throws {
    let song = try score(tempo: 60, signature: TimeSignature(3, 4))
    #expect(try resolve { ($0.controls.midi, $0.bars) = (song, 4) }.request.duration == 12)
    let faster = try resolve { ($0.controls.midi, $0.bars, $0.controls.tempo) = (song, 4, 90) }
    #expect(faster.request.duration == 8)
    let other = try resolve {
      ($0.controls.midi, $0.bars, $0.controls.timeSignature) = (song, 4, "4/4")
    }
    #expect(other.request.duration == 16)
    let error = #expect(throws: RequestProblem.self) { try self.resolve { $0.bars = 4 } }
    #expect(error?.text(prefix: "--") == "--bars wants a tempo: --bpm, one in the prompt, or a MIDI file's")
  }

  @Test("A MIDI file plays at the tempo that is given, in options or in the prompt")
  func tempo() throws {
    let song = try score([60, 62, 64, 65])
    let faster = try resolve { ($0.controls.midi, $0.controls.tempo) = (song, 240) }
    #expect(faster.request.duration == 1 && faster.notes.isEmpty)
    func track(_ request: GenerationRequest) throws -> ControlTrack {
      try #require(try request.controls?.track(frameCount: 100, framesPerSecond: 100))
    }
    let track = try track(faster.request)
    #expect(
      [10, 35, 60, 85].map { frame in (0..<12).first { track.strength(of: PitchClass($0), frame: frame) > 0.8 } } == [
        0, 2, 4, 5,
      ])
    #expect(try #require(track.beatPhase(frame: 0)) < 0.01 && abs(try #require(track.barPhase(frame: 50)) - 0.5) < 1e-4)
    let spoken = try resolve("piano, 60 bpm") { $0.controls.midi = song }
    #expect(spoken.request.duration == 4 && spoken.request.controls?.tempo == 60)
    #expect(spoken.notes == ["song.mid is played at the prompt's 60 bpm, not at its own 120"])
    #expect(try resolve("piano, 120 bpm") { $0.controls.midi = song }.notes.isEmpty)
    let hum = try recording(seconds: 3)
    #expect(try resolve("violin, 90 bpm") { $0.controls.follow = hum }.request.controls?.tempo == 90)
  }

  @Test("A file without pitched notes in the clip is no file to play, or is told")
  func withoutNotes() throws {
    let empty = try score([])
    #expect {
      try self.resolve { $0.controls.midi = empty }
    } throws: { ($0 as? RequestProblem)?.cause == .noNotes(path: empty.path) }
    let drums = try score([], drums: 8)
    #expect(
      try resolve { $0.controls.midi = drums }.notes
        == [
          "song.mid holds drum notes only (channel 10), which cannot be played: its tempo and its length are all that is used"
        ])
    let late = try score([60], from: 32)
    let missed = try resolve { ($0.controls.midi, $0.duration) = (late, 4) }
    #expect(missed.notes.last == "song.mid: no note sounds within the clip of 4.0 s; the first begins at 16.0 s")
    let mixed = try score(drums: 8)
    #expect(
      try resolve { $0.controls.midi = mixed }.notes
        == ["song.mid: 8 drum notes (channel 10) are not played; the prompt can ask for drums"])
  }

  @Test("What is not heeded beside a file's notes is told, and how it was read")
  func unused() throws {
    let song = try score()
    let chords = try resolve("piano, chords Am F") { $0.controls.midi = song }
    #expect(chords.notes == ["the chords Am F of the prompt: not used, the notes are song.mid's"])
    #expect(chords.request.controls?.chords == nil)
    #expect(
      try resolve { ($0.controls.midi, $0.controls.note) = (song, "C4") }.notes
        == ["--note is not used: the notes are song.mid's"])
    #expect(
      try resolve { ($0.controls.midi, $0.controls.chords) = (song, "Am F") }.notes
        == ["--chords take the place of song.mid's notes"])
    #expect(
      try resolve { $0.controls.chords = "Em H7" }.notes
        == ["--chords are read with German note names: H is B, and B is B flat"])
    let url = folder.appendingPathComponent("song.mid")
    try (try Data(contentsOf: url)).dropLast(6).write(to: url)
    let cut = try ControlFile(path: url.path)
    #expect(try resolve { $0.controls.midi = cut }.notes.last?.hasPrefix("song.mid: cut short within track 3") == true)
  }

  @Test("Lengths of the prompt hold where options say none")
  func spoken() throws {
    #expect(try resolve("funk, 8 bars, 120 bpm").request.duration == 16)
    #expect(try resolve("waltz, 4 bars, 90 bpm").request.duration == 8)
    #expect(try resolve("drone, 10 seconds").request.duration == 10)
    #expect(try resolve("funk, 8 bars") { $0.controls.tempo = 120 }.request.duration == 16)
    #expect(try resolve("funk, 8 bars, 120 bpm") { $0.duration = 3 }.request.duration == 3)
    #expect(try resolve("funk, 8 bars, 120 bpm") { $0.bars = 2 }.request.duration == 4)
    #expect(try resolve("funk, 8 bars, 120 bpm") { $0.hearsPrompt = false }.request.duration == 4)
    let untimed = try resolve("funk, 8 bars")
    #expect(untimed.request.duration == 4)
    #expect(untimed.notes == ["the 8 bars of the prompt want a tempo, as in \"90 bpm\" or --bpm 90"])
    let song = try score(tempo: 60)
    #expect(try resolve("funk, 2 bars") { $0.controls.midi = song }.request.duration == 8)
  }

  @Test("Chords last a bar, of whatever metre")
  func chordsOfBars() throws {
    func controls(_ prompt: String = "piano", change: (inout RequestDraft) -> Void) throws -> ControlRequest? {
      try resolve(prompt) { change(&$0) }.request.controls
    }
    #expect(try controls { ($0.controls.chords, $0.controls.timeSignature) = ("Am F", "3/4") }?.beatsPerChord == 3)
    #expect(try controls { ($0.controls.chords, $0.controls.timeSignature) = ("Am F", "6/8") }?.beatsPerChord == 3)
    #expect(try controls { $0.controls.chords = "Am F" }?.beatsPerChord == 4)
    let waltz = try controls("waltz, chords Am | F G") { _ in }
    #expect(waltz?.beatsPerChord == 3 && waltz?.chords == "Am | F G")
    let asked = try controls { ($0.controls.chords, $0.controls.timeSignature, $0.beatsPerChord) = ("Am F", "3/4", 2) }
    #expect(asked?.beatsPerChord == 2)
  }
}
