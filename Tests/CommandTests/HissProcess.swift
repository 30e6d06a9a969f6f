import Foundation
import TestSupport

/// One run of the program as its users run it.
struct HissProcess {
  let exitCode: Int32
  let output: String
  let errors: String

  /// The lines of stderr.
  var errorLines: [String] { errors.split(separator: "\n").map(String.init) }
  /// The lines of stdout.
  var outputLines: [String] { output.split(separator: "\n").map(String.init) }

  /// The program that was built with the tests: it lies in the folder of the test's own executable, or above.
  static let program: URL = {
    var folder = URL(filePath: CommandLine.arguments[0])
    if let executable = Bundle.main.executableURL { folder = executable.resolvingSymlinksInPath() }
    while folder.path != "/" {
      folder.deleteLastPathComponent()
      let candidate = folder.appending(path: "hiss")
      if FileManager.default.isExecutableFile(atPath: candidate.path), !isFolder(candidate) { return candidate }
    }
    return URL(filePath: "/nonexistent/hiss")
  }()

  /// Runs `hiss` with the arguments.
  /// - Parameters:
  ///   - directory: the working directory.
  ///   - environment: variables to change; what is said here wins over the machine's.
  ///   - limits: arguments of the shell's `ulimit`, such as `-f 64`, 64 blocks of 1024 bytes at most in a file.
  ///   - input: what stdin holds.
  ///   - redirects: the shell's redirections, such as `>&-`, for what is otherwise said of the standard files.
  ///   - program: another program, such as a shell that runs `hiss`.
  @discardableResult
  static func run(
    _ arguments: [String], in directory: URL, environment: [String: String] = [:], limits: String? = nil,
    input: String = "", redirects: String = "", program: URL = program
  ) throws -> HissProcess {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    let limit = limits.map { "ulimit \($0) && " } ?? ""
    process.arguments = ["-c", limit + "exec \"$0\" \"$@\" " + redirects, program.path] + arguments
    process.currentDirectoryURL = directory
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    // Files rather than pipes: nothing to drain, so nothing to block on.
    let files = try ["in", "out", "err"].map { name in
      let url = FileManager.default.temporaryDirectory.appending(path: "hiss-\(name)-\(UUID().uuidString)")
      try Data((name == "in" ? input : "").utf8).write(to: url)
      return url
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    return HissProcess(
      exitCode: process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus,
      output: try String(contentsOf: files[1], encoding: .utf8),
      errors: try String(contentsOf: files[2], encoding: .utf8))
  }

  private static func isFolder(_ url: URL) -> Bool {
    (try? url.resourceValues(forKeys: [.isDirectoryKey]))?.isDirectory == true
  }
}
