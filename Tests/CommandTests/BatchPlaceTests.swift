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
