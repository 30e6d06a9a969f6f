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
