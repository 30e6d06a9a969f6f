import Audio
import Foundation
import Music
import Synthesis
import TestSupport
import Testing

@Suite("What is given decides, and what it does not decide is said", .enabled(if: TextEncoder.isPresent))
struct GivenFileTests {
  private func directory() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    let notes = (0..<3).map { NoteEvent(startBeats: Double($0), durationBeats: 1, key: 60 + $0, velocity: 90) }
    try MIDIFile(tracks: [.init(notes: notes)]).write(to: directory.file("song.mid"))
    try directory.tone("hum.wav", seconds: 1.3)
    return directory
  }

  private static let quick = ["--model", "model", "--seed", "1", "--steps", "1", "--vocoder-iterations", "1"]

  /// Runs `generate`, and tells the clip's length and the notes.
  private func generate(_ arguments: String..., in directory: TemporaryDirectory) throws -> (Double, [String]) {
    let run = try HissProcess.run(["generate"] + arguments + Self.quick + ["-o", "x/"], in: directory.url)
    expectSuccess(run)
    let clip = try AudioFile.read(URL(fileURLWithPath: try #require(run.outputLines.first)))
    try FileManager.default.removeItem(at: directory.file("x"))
    return (clip.duration, run.errorLines.filter { $0.hasPrefix("note: ") && !$0.contains("no list of its words") })
  }

  @Test func lengthsAreThoseOfTheFiles() throws {
    let directory = try directory()
    #expect(try generate("piano", "--midi", "song.mid", in: directory) == (1.5, []))
    #expect(try generate("violin", "--follow", "hum.wav", in: directory) == (1.3, []))
    #expect(try generate("piano", "--midi", "song.mid", "--bars", "1", in: directory).0 == 2)
    #expect(try generate("piano, 240 bpm, 1 bar", in: directory).0 == 1)
    let cut = try generate("piano", "--midi", "song.mid", "--duration", "1", in: directory)
    #expect(cut == (1, ["note: song.mid lasts 1.5 s, and the clip 1.0 s: the rest is cut"]))
    let faster = try generate("piano, 180 bpm", "--midi", "song.mid", in: directory)
    #expect(faster == (1, ["note: song.mid is played at the prompt's 180 bpm, not at its own 120"]))
    let spoken = try generate("piano, 1 bar", "--duration", "0.5", "--chords", "Em H7", in: directory)
    #expect(
      spoken.1 == [
        "note: --duration 0.5 is taken, not the prompt's 1 bar",
        "note: --chords are read with German note names: H is B, and B is B flat",
      ])
  }

  @Test func filesOfNothingAreRefused() throws {
    let directory = try directory()
    try MIDIFile(tracks: [.init(notes: [])]).write(to: directory.file("song.mid"))
    let run = try HissProcess.run(["generate", "piano", "--midi", "song.mid"] + Self.quick, in: directory.url)
    expectFailure(run, code: SystemExit.badData, saying: "song.mid: there is no note in it")
  }

  @Test("A MIDI file whose only note never ends is called that")
  func endlessNote() throws {
    let directory = try directory()
    let track: [UInt8] = [0, 0x90, 60, 90, 0, 0xFF, 0x2F, 0]
    let bytes = Array("MThd".utf8) + [0, 0, 0, 6, 0, 0, 0, 1, 1, 0xE0] + Array("MTrk".utf8) + [0, 0, 0, 8] + track
    _ = try directory.write(bytes, as: "song.mid")
    let run = try HissProcess.run(["generate", "piano", "--midi", "song.mid"] + Self.quick, in: directory.url)
    expectFailure(run, code: SystemExit.badData, saying: "song.mid: it is over as it begins: its notes never end")
    // Where the track goes on, the note does too.
    let longer: [UInt8] =
      Array(bytes.prefix(bytes.count - 12)) + [0, 0, 0, 9] + [0, 0x90, 60, 90, 0x8F, 0x00, 0xFF, 0x2F, 0]
    _ = try directory.write(longer, as: "song.mid")
    #expect(try generate("piano", "--midi", "song.mid", in: directory).0 == 2)
  }

  @Test("A recording of three samples, and one without a sample rate")
  func oddRecordings() throws {
    let directory = try directory()
    try AudioFile.write(AudioClip(mono: [0.1, -0.1, 0.1], sampleRate: 44_100), to: directory.file("three.wav"))
    for option in ["--init-audio", "--follow"] {
      let run = try HissProcess.run(["generate", "piano", option, "three.wav"] + Self.quick, in: directory.url)
      expectFailure(
        run, code: SystemExit.usage, saying: "three.wav lasts 6.803e-05 s, and no clip is that short: say --duration")
    }
    #expect(try generate("piano", "--init-audio", "three.wav", "--duration", "0.5", in: directory).0 == 0.5)
    var bytes = try Array(Data(contentsOf: directory.file("three.wav")))
    bytes.replaceSubrange(24..<28, with: [0, 0, 0, 0])
    _ = try directory.write(bytes, as: "none.wav")
    expectFailure(
      try directory.hiss("vocode", "none.wav", "x.wav"), code: SystemExit.badData,
      saying: "none.wav: not readable as audio: its header claims no sample rate")
  }

  @Test("A silent recording to change is called that, and a prompt that is no text is refused")
  func silence() throws {
    let directory = try directory()
    try AudioFile.write(
      AudioClip(mono: [Float](repeating: 0, count: 22_050), sampleRate: 44_100), to: directory.file("none.wav"))
    let notes = try generate("piano", "--init-audio", "none.wav", in: directory).1
    #expect(notes == ["note: none.wav is silent, as far as the clip has it"])
    _ = try directory.write([0x70, 0xFF, 0x0A], as: "prompt.txt")
    let run = try directory.hiss("generate", "-", "--model", "model", redirects: "<prompt.txt")
    expectFailure(run, code: SystemExit.usage, saying: "the prompt on standard input is not UTF-8")
  }

  @Test func aClipOfTheFirstRulesIsMadeAgain() throws {
    let directory = try directory()
    let tags = """
      {"hiss":"0.1.0","model":"model","modelHash":"%@","sampleRate":44100,"request":{"prompt":"piano, 1 bar, 90 bpm","seed":3,\
      "duration":0.5,"steps":1,"vocoderIterations":1,"controls":{"tempo":90,"hasHeardPrompt":true,"midi":%@}}}
      """
    let file = try ControlFile(path: directory.file("song.mid").path)
    let midi = String(decoding: try JSONEncoder().encode(file), as: UTF8.self)
    let hash = try ModelBundle.hash(of: directory.file("model"))
    let comment = String(format: tags, hash, midi)
    let clip = AudioClip(mono: [Float](repeating: 0.1, count: 4410), sampleRate: 44_100)
    try AudioFile.write(clip, to: directory.file("old.wav"), tags: AudioTags(title: "piano", comment: comment))
    let run = try directory.hiss("replay", "old.wav", "--model", "model", "--output", "new.wav")
    expectSuccess(run)
    let made = try #require(ClipTags(try AudioFile.tags(of: directory.file("new.wav"))))
    #expect(try made.request == #require(ClipTags(AudioTags(title: nil, comment: comment))).request)
    #expect(made.request.duration == 0.5 && !run.errors.contains("note: "))
  }

  @Test func aSpreadsheetIsAManifest() throws {
    let directory = try directory()
    let table =
      "\u{FEFF}Prompt;Dauer;Duration;MIDI;Steps;Vocoder Iterations\r\nKlavier;kurz;0,5;song.mid;1;1\r\n;;;;;\r\n"
    try Data(table.utf8).write(to: directory.file("jobs.csv"))
    let check = try directory.hiss("batch", "jobs.csv", "-o", "clips", "--model", "model", "--check")
    expectSuccess(check)
    let notes = check.errorLines.filter { $0.hasPrefix("note: ") }
    #expect(notes.contains("note: jobs.csv:2: translated (German): piano"))
    #expect(notes.count == 4 && notes.allSatisfy { $0.hasPrefix("note: jobs.csv:") })
    #expect(notes.contains("note: jobs.csv:2: song.mid lasts 1.5 s, and the clip 0.5 s: the rest is cut"))
    #expect(notes.contains("note: jobs.csv:2: there is no id: the clip is named after its prompt"))
    #expect(notes.contains { $0.hasPrefix("note: jobs.csv:1: left out") && $0.hasSuffix("\"Dauer\"") })
    expectSuccess(try directory.hiss("batch", "jobs.csv", "-o", "clips", "--model", "model"))
    #expect(try AudioFile.read(directory.file("clips/klavier.wav")).duration == 0.5)
    try Data("no MIDI".utf8).write(to: directory.file("song.mid"))
    let bad = try directory.hiss("batch", "jobs.csv", "-o", "clips", "--model", "model", "--check")
    #expect(bad.exitCode == SystemExit.badData && bad.errors.contains("jobs.csv:2: song.mid: not a MIDI file"))
  }
}
