import Audio
import Foundation
import TestSupport
import Testing

@Suite("What a batch finds in its folder", .enabled(if: TextEncoder.isPresent))
struct BatchPlaceTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("model"))
    try FileManager.default.createDirectory(at: directory.file("clips"), withIntermediateDirectories: false)
  }

  private func batch(_ jobs: [String], _ options: String...) throws -> HissProcess {
    _ = try directory.write(Array(jobs.joined(separator: "\n").utf8), as: "jobs.jsonl")
    return try HissProcess.run(
      ["batch", "jobs.jsonl", "--output", "clips", "--model", "model"] + options, in: directory.url)
  }

  private static func job(_ id: String, _ more: String = "") -> String {
    #"{"id":"\#(id)","prompt":"pad","duration":0.3,"steps":1,"vocoder-iterations":1,"seed":1\#(more)}"#
  }

  @Test func aSourceInTheFolderIsNotEaten() throws {
    try directory.tone("clips/take.wav")
    let take = try Data(contentsOf: directory.file("clips/take.wav"))
    let jobs = [Self.job("other"), Self.job("take", #","init-audio":"clips/take.wav""#)]
    for options in [[], ["--force"], ["--check"]] {
      _ = try directory.write(Array(jobs.joined(separator: "\n").utf8), as: "jobs.jsonl")
      let run = try HissProcess.run(
        ["batch", "jobs.jsonl", "--output", "clips", "--model", "model"] + options, in: directory.url)
      #expect(run.exitCode == SystemExit.cannotCreate)
      #expect(
        run.errorLines == [
          "hiss: jobs.jsonl:2: clips/take.wav is the clip of this very job, which would replace it: keep sources in "
            + "another folder, or say another --output"
        ])
      #expect(try Data(contentsOf: directory.file("clips/take.wav")) == take)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: directory.file("clips").path) == ["take.wav"])
    // Under a name that no job has it may lie there.
    expectSuccess(try batch([Self.job("changed", #","init-audio":"clips/take.wav""#)]))
    #expect(try Data(contentsOf: directory.file("clips/take.wav")) == take)
  }

  @Test func aFileThatNoBatchMadeStays() throws {
    try Data("mine".utf8).write(to: directory.file("clips/a.wav"))
    for options in [[], ["--check"]] {
      let run = try HissProcess.run(
        ["batch", "-", "--output", "clips", "--model", "model"] + options, in: directory.url, input: Self.job("a"))
      #expect(run.exitCode == SystemExit.cannotCreate)
      #expect(run.errorLines.first?.hasPrefix("hiss: -:1: ") == true && run.errors.contains("clips/a.wav is there"))
    }
    #expect(try String(contentsOf: directory.file("clips/a.wav"), encoding: .utf8) == "mine")
    expectSuccess(try batch([Self.job("a")], "--force"))
    #expect(try Data(contentsOf: directory.file("clips/a.wav")).count > 1000)
    // Known now, so a job that has changed is made anew without being asked.
    expectSuccess(try batch([Self.job("a", #","cfg-scale":2"#)]))
  }

  /// A process may die when the clip is there, and the ledger does not know yet.
  @Test func aClipWithoutALineIsMadeAgainIfItIsTheJobs() throws {
    expectSuccess(try batch([Self.job("a"), Self.job("b")]))
    let clip = try Data(contentsOf: directory.file("clips/a.wav"))
    try FileManager.default.removeItem(at: directory.file("clips/ledger.jsonl"))
    expectSuccess(try batch([Self.job("a")]))
    #expect(try Data(contentsOf: directory.file("clips/a.wav")) == clip)
    let other = try batch([Self.job("b", #","cfg-scale":2"#)])
    #expect(other.exitCode == SystemExit.cannotCreate && other.errors.contains("b.wav is there already"))
  }

  @Test("A manifest and a source in the place of the ledger are refused, and so is a file of somebody's there")
  func ledgers() throws {
    let ledger = directory.file("clips/ledger.jsonl")
    let manifest = Data(Self.job("a").utf8)
    try manifest.write(to: ledger)
    func run(_ jobs: String, code: Int32, saying words: String) throws {
      let run = try directory.hiss("batch", jobs, "--output", "clips", "--model", "model")
      #expect(run.exitCode == code && run.errorLines.count == 1 && run.errors.contains(words), "\(run.errors)")
      #expect(try Data(contentsOf: ledger) == manifest)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory.file("clips").path) == ["ledger.jsonl"])
    }
    try run("clips/ledger.jsonl", code: SystemExit.usage, saying: "clips/ledger.jsonl: this is the input itself")
    _ = try directory.write(Array(manifest) + [0x0A], as: "jobs.jsonl")
    try (manifest + [0x0A]).write(to: ledger)
    let other = try directory.hiss("batch", "jobs.jsonl", "--output", "clips", "--model", "model")
    expectFailure(
      other, code: SystemExit.cannotCreate, saying: "ledger.jsonl: this file has the name of one of Hiss's own")
    #expect(try Data(contentsOf: ledger) == manifest + [0x0A])
    try FileManager.default.removeItem(at: ledger)
    try FileManager.default.createSymbolicLink(at: ledger, withDestinationURL: directory.file("nowhere.jsonl"))
    expectFailure(
      try directory.hiss("batch", "jobs.jsonl", "--output", "clips", "--model", "model"), code: SystemExit.cannotCreate,
      saying: "ledger.jsonl: this is no plain file")
    #expect(!FileManager.default.fileExists(atPath: directory.file("nowhere.jsonl").path))
  }

  @Test("A source that has the ledger's name is read, and nothing added to it")
  func sourceOfTheLedgersName() throws {
    let sound = directory.file("sound.wav")
    try directory.tone("sound.wav")
    let ledger = directory.file("clips/ledger.jsonl")
    try FileManager.default.copyItem(at: sound, to: ledger)
    let run = try batch([Self.job("a", #","init-audio":"clips/ledger.jsonl""#)])
    #expect(run.exitCode == SystemExit.cannotCreate && run.errorLines.count == 1, "\(run.errors)")
    #expect(run.errors.contains("ledger"), "\(run.errors)")
    #expect(try Data(contentsOf: ledger) == Data(contentsOf: sound))
  }

  @Test("A file where the folder should be is called that")
  func outputIsAFile() throws {
    try Data("mine".utf8).write(to: directory.file("notes.txt"))
    _ = try directory.write(Array(Self.job("a").utf8), as: "jobs.jsonl")
    for options in [[], ["--check"]] {
      expectFailure(
        try HissProcess.run(
          ["batch", "jobs.jsonl", "-o", "notes.txt", "--model", "model"] + options, in: directory.url),
        code: SystemExit.cannotCreate, saying: "notes.txt: this is a file, and a folder is wanted")
    }
  }

  /// A process may die when the clip is there, and the ledger does not know yet; then somebody edits the clip.
  @Test func anEditedClipWithoutALineStays() throws {
    expectSuccess(try batch([Self.job("a")]))
    let url = directory.file("clips/a.wav")
    let (clip, tags) = try (AudioFile.read(url), AudioFile.tags(of: url))
    try AudioFile.write(AudioClip(mono: clip.samples.reversed(), sampleRate: 44_100), to: url, tags: tags)
    let edited = try Data(contentsOf: url)
    try FileManager.default.removeItem(at: directory.file("clips/ledger.jsonl"))
    let run = try batch([Self.job("a")])
    #expect(run.exitCode != 0 && run.errors.contains("a.wav is there already, and the ledger does not know it"))
    #expect(try Data(contentsOf: url) == edited)
    expectSuccess(try batch([Self.job("a")], "--force"))
    #expect(try Data(contentsOf: url) != edited)
  }

  @Test("A link and a pipe in the place of Hiss's own files are refused", arguments: [".hiss", "ledger.jsonl", "file"])
  func strangers(name: String) throws {
    let elsewhere = directory.file("elsewhere")
    try FileManager.default.createDirectory(at: elsewhere, withIntermediateDirectories: false)
    try Data("precious".utf8).write(to: elsewhere.appending(path: "a.part"))
    let place = directory.file("clips/\(name == "file" ? ".hiss" : name)")
    switch name {
    case ".hiss": try FileManager.default.createSymbolicLink(at: place, withDestinationURL: elsewhere)
    case "file": try Data("x".utf8).write(to: place)
    default: #expect(mkfifo(place.path, 0o600) == 0)
    }
    let run = try batch([Self.job("a")])
    #expect(run.exitCode == SystemExit.cannotCreate)
    #expect(run.errorLines.last?.contains("\(place.path): this is no ") == true, "\(run.errors)")
    #expect(try String(contentsOf: elsewhere.appending(path: "a.part"), encoding: .utf8) == "precious")
    #expect(!FileManager.default.fileExists(atPath: directory.file("clips/a.wav").path))
  }
}
