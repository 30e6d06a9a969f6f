import Audio
import Foundation
import TestSupport
import Testing

@Suite("Instruments, kits and stems at the command line")
struct InstrumentCommandTests {
  private func directory() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("Models/small"))
    return directory
  }

  @Test(
    "What cannot be made is said in one line, and nothing is left",
    arguments: [
      ["instrument", "", "--output", "out"], ["instrument", "piano", "--range", "C-1..C-1", "--output", "out"],
      ["instrument", "piano", "--formats", "", "--output", "out"],
      ["instrument", "piano", "--velocities", "9", "--output", "out"],
      ["kit", "808", "--drums", "gong", "--output", "out"], ["idea", "piano", "--stems", "--trim", "--output", "out"],
      ["idea", "piano", "--stems", "--tail", "1", "--output", "out"],
      ["idea", "piano", "--stems", "--picture", "--output", "out"],
    ])
  func refused(_ arguments: [String]) throws {
    let directory = try directory()
    let run = try HissProcess.run(arguments + ["--model", "small"], in: directory.url)
    #expect(run.exitCode == SystemExit.usage, "\(run.errors)")
    #expect(!run.errors.contains("RequestProblem"), "\(run.errors)")
    #expect(try directory.contents() == ["Models"])
  }

  @Test("A file that is there is no place for a sample")
  func keepsFiles() throws {
    let directory = try directory()
    try FileManager.default.createDirectory(at: directory.file("kit"), withIntermediateDirectories: true)
    _ = try directory.write([1, 2, 3], as: "kit/kick_v1_t1.wav")
    let run = try directory.hiss("kit", "808", "--drums", "kick", "--model", "small", "--output", "kit")
    #expect(run.exitCode == SystemExit.cannotCreate && run.errors.contains("kick_v1_t1.wav"), "\(run.errors)")
    #expect(try Data(contentsOf: directory.file("kit/kick_v1_t1.wav")) == Data([1, 2, 3]))
  }

  @Test("Stems are of one length, the mix is their sum, and one is made again", .enabled(if: TextEncoder.isPresent))
  func stems() throws {
    let directory = try directory()
    let run = try directory.hiss(
      "idea", "piano in C major, 120 bpm", "--stems", "--bars", "1", "--model", "small", "--steps", "1", "--seed", "2",
      "--output", "song")
    guard run.exitCode == 0 else {
      // A network that has learned nothing may make strokes that are silent, and then leaves nothing.
      #expect(run.errors.contains("makes nothing that can be played"), "\(run.errors)")
      #expect(
        try !directory.contents().contains("song")
          || FileManager.default.contentsOfDirectory(atPath: directory.file("song").path).isEmpty)
      return
    }
    let folder = directory.file("song/idea-1")
    let stems = try ["drums", "bass", "chords", "lead"].map {
      try AudioFile.read(folder.appending(path: "\($0).wav")).samples
    }
    let mix = try AudioFile.read(folder.appending(path: "mix.wav")).samples
    #expect(mix.count == 88_200 && stems.allSatisfy { $0.count == mix.count })
    let differs = mix.indices.first { frame in mix[frame] != stems.reduce(0) { $0 + $1[frame] } }
    #expect(differs == nil)
    let again = try directory.hiss("replay", "song/idea-1/bass.wav", "--output", "again.wav")
    #expect(again.exitCode == 0, "\(again.errors)")
    #expect(try AudioFile.read(directory.file("again.wav")).samples == stems[1])
  }

  @Test("Songs of a form, and what does not go with stems, in one line each")
  func songProblems() throws {
    let directory = try directory()
    func says(_ words: String, _ arguments: String...) throws {
      let run = try HissProcess.run(arguments + ["--model", "small", "--output", "song"], in: directory.url)
      #expect(run.exitCode == SystemExit.usage && run.errors.contains(words), "\(arguments): \(run.errors)")
      #expect(run.errors.split(separator: "\n").count { $0.hasPrefix("hiss:") } == 1)
    }
    try says("word 2, \"foo\"", "idea", "rock", "--stems", "--form", "verse foo")
    try says("there is no bridge", "idea", "rock", "--stems", "--form", "AB", "--arrange", "lead in the bridge")
    try says("go with --stems", "idea", "rock", "--form", "AABA")
    try says("go with --stems", "generate", "rock", "--form", "AABA")
    try says("\"harp\" is none of", "generate", "rock", "--stems", "drums,harp")
    try says("--midi, --loop: not with --stems", "generate", "rock", "--stems", "bass", "--midi", "x.mid", "--loop")
    try says("more than 180", "generate", "rock, 60 bpm", "--stems", "bass", "--form", "A64 B64")
    try says("chord 2", "generate", "rock", "--stems", "bass", "--chords", "Am Q")
    try says("nobody plays", "generate", "rock", "--stems", "lead", "--form", "intro 2, no ending")
    #expect(try !directory.contents().contains("song"))
  }

  @Test(
    "A song is as long as its form, and its mix is the sum of its stems", .enabled(if: TextEncoder.isPresent))
  func song() throws {
    let directory = try directory()
    let run = try directory.hiss(
      "generate", "piano, 120 bpm", "--stems", "bass,lead", "--form", "A1: Am, B1: F, no ending", "--arrange",
      "no bass in the B", "--model", "small", "--steps", "1", "--seed", "2", "--output", "song", "--json")
    #expect(run.exitCode == 0, "\(run.errors)")
    let folder = directory.file("song/stems-1")
    let stems = try ["bass", "lead"].map { try AudioFile.read(folder.appending(path: "\($0).wav")).samples }
    let mix = try AudioFile.read(folder.appending(path: "mix.wav")).samples
    #expect(mix.count == 176_400 && stems.allSatisfy { $0.count == mix.count })
    #expect(mix.indices.allSatisfy { mix[$0] == stems[0][$0] + stems[1][$0] })
    // The last of the bass rings for a second.
    #expect(stems[0][88_200 + 70_000..<176_400].allSatisfy { $0 == 0 })
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    #expect(names == ["bass.mid", "bass.wav", "idea.mid", "lead.mid", "lead.wav", "mix.wav"])
    #expect(run.output.contains("\"firstBar\"") && run.output.contains("\"Am\""))
  }
}
