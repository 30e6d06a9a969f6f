import Foundation
import Library
import TestSupport
import Testing

/// Processes that are really killed; `scripts/torture-library` does it at length.
@Suite struct TortureTests {
  private static let program: URL? = {
    var folder = URL(filePath: CommandLine.arguments[0])
    if let executable = Bundle.main.executableURL { folder = executable.resolvingSymlinksInPath() }
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let candidate = folder.appending(path: "TortureLibrary")
      if FileManager.default.isExecutableFile(atPath: candidate.path), candidate.hasDirectoryPath == false {
        return candidate
      }
    }
    return nil
  }()

  private func start(_ arguments: [String]) throws -> Process {
    let process = Process()
    process.executableURL = try #require(Self.program)
    process.arguments = arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  @Test func killedWorkersLoseNothingAndMakeNothingTwice() throws {
    let directory = try TemporaryDirectory()
    defer { withExtendedLifetime(directory) {} }
    let library = directory.file("Hiss").path
    func log(_ name: String) -> String { directory.file("log-\(name)").path }
    let ask = try start(["ask", library, log("ask"), "6", "4"])
    ask.waitUntilExit()
    #expect(ask.terminationStatus == 0)
    for round in 0..<8 {
      let workers = try (0..<2).map { try start(["work", library, log("\(round)-\($0)")]) }
      usleep(UInt32.random(in: 20_000...300_000))
      for worker in workers {
        kill(worker.processIdentifier, SIGKILL)
        worker.waitUntilExit()
      }
    }
    let last = try start(["work", library, log("last")])
    last.waitUntilExit()
    #expect(last.terminationStatus == 0)
    let logs = try directory.contents().filter { $0.hasPrefix("log-") }.map { directory.file($0).path }
    let verify = try start(["verify", library] + logs)
    verify.waitUntilExit()
    #expect(verify.terminationStatus == 0)
    for suffix in ["", "-wal", "-shm"] {
      try? FileManager.default.removeItem(atPath: library + "/library.sqlite" + suffix)
    }
    #expect(try ClipLibrary.rebuild(at: URL(filePath: library)).known == 24)
    let again = try start(["verify", library] + logs)
    again.waitUntilExit()
    #expect(again.terminationStatus == 0)
  }
}
