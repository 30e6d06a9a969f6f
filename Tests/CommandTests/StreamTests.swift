import Foundation
import TestSupport
import Testing

/// The standard files may be closed, full, or a pipe that nobody reads. A terminal that goes away: scripts/check-faults.
@Suite("Standard files that are not there")
struct StreamTests {
  private func directory() throws -> TemporaryDirectory {
    let directory = try TemporaryDirectory()
    try SmallModel.write(to: directory.file("Models/small"))
    return directory
  }

  @Test(
    "A lost result is said in one line, with exit code 74",
    arguments: [["models"], ["models", "--json"], ["--help"], ["--version"], ["help", "train"]],
    [">&-", ">/dev/full"])
  func lost(arguments: [String], redirects: String) throws {
    let directory = try directory()
    let run = try HissProcess.run(arguments, in: directory.url, redirects: redirects)
    #expect(try directory.contents() == ["Models"])
    #expect(run.exitCode == SystemExit.inputOutput)
    #expect(run.errorLines.count == 1 && run.errors.hasPrefix("hiss: standard output: cannot be written: "))
    #expect(run.errors.contains("the results are lost"))
  }

  @Test(
    "What cannot be said on stderr ends nothing", arguments: ["2>/dev/full", "2>&-", "<&-", "2>&- <&-"])
  func unheard(redirects: String) throws {
    let directory = try directory()
    let run = try directory.hiss("models", redirects: redirects)
    expectSuccess(run)
    #expect(run.output.contains("small: "))
  }

  @Test func whatHasNoEndIsNotReadToIt() throws {
    let directory = try directory()
    let run = try directory.hiss("generate", "-", "--model", "small", redirects: "</dev/zero")
    #expect(run.exitCode == SystemExit.noInput && run.errorLines.count == 1, "\(run.errors)")
    #expect(run.errors.hasPrefix("hiss: standard input: cannot be read: "))
  }

  @Test func whoeverReadsNoMoreHasWhatItWanted() throws {
    let script = #""$0" models | exec true; exit "${PIPESTATUS[0]}""#
    let directory = try directory()
    let run = try HissProcess.run(
      ["-c", script, HissProcess.program.path], in: directory.url, program: URL(filePath: "/bin/bash"))
    #expect(try directory.contents() == ["Models"])
    // Whether the reader is gone before the first line comes is chance.
    #expect([0, SystemExit.inputOutput].contains(run.exitCode) && run.errors.isEmpty, "\(run.errors)")
  }

  @Test("Failures keep their exit codes", arguments: [">&-", "2>&-", "2>/dev/full", ">/dev/full 2>/dev/full"])
  func failures(redirects: String) throws {
    let directory = try directory()
    #expect(try directory.hiss("inspect", "nothing.wav", redirects: redirects).exitCode == SystemExit.noInput)
    #expect(try directory.hiss("models", "--what", redirects: redirects).exitCode == SystemExit.usage)
  }

  @Test(
    "Clips are made though nobody is told of them", .enabled(if: TextEncoder.isPresent),
    arguments: [
      (">&-", SystemExit.inputOutput), (">/dev/full", SystemExit.inputOutput), ("2>/dev/full", 0), ("<&-", 0),
    ])
  func clips(redirects: String, code: Int32) throws {
    let directory = try directory()
    let run = try directory.hiss(
      "generate", "pad", "--model", "small", "--count", "3", "--seed", "1", "--duration", "0.2", "--steps", "1",
      "--threads", "1", redirects: redirects)
    #expect(run.exitCode == code, "\(run.errors)")
    let clips = try FileManager.default.contentsOfDirectory(atPath: directory.file("out").path)
    #expect(clips.sorted() == ["pad_01.wav", "pad_02.wav", "pad_03.wav"])
    if code != 0 { #expect(run.errorLines.filter { $0.contains("lost") }.count == 1) }
  }

  @Test func aPromptFromNowhereIsAnError() throws {
    let directory = try directory()
    expectFailure(
      try directory.hiss("generate", "-", "--model", "small", redirects: "<&-"), code: SystemExit.noInput,
      saying: "standard input: cannot be read: ")
    expectFailure(
      try directory.hiss("batch", "-", "--model", "small", "-o", "clips", redirects: "<&-"),
      code: SystemExit.noInput, saying: "-: cannot be read: ")
  }

  /// A file that is opened must not come to stand where stdout was.
  @Test func nothingIsWrittenIntoOtherFiles() throws {
    let directory = try directory()
    try directory.tone("in.wav", seconds: 0.2)
    let expected = try directory.hiss("vocode", "in.wav", "a.wav", "--iterations", "2")
    expectSuccess(expected)
    for redirects in [">&-", "2>&-", "<&- >&- 2>&-"] {
      let run = try directory.hiss(
        "vocode", "in.wav", "b.wav", "--iterations", "2", "--json", "--force", redirects: redirects)
      #expect(run.exitCode == (redirects.contains(" >&-") || redirects == ">&-" ? SystemExit.inputOutput : 0))
      #expect(try Data(contentsOf: directory.file("a.wav")) == Data(contentsOf: directory.file("b.wav")))
    }
  }
}
