public import Foundation

/// A process that starts with nothing, makes one clip and ends: what a shell script pays.
public enum ColdStart {
  /// - Parameters:
  ///   - program: hiss itself.
  ///   - arguments: for `hiss generate`, but for the prompt, the duration and the output.
  /// - Throws: when the program cannot be run, or fails.
  public static func generate(
    _ seconds: Double, program: URL, arguments: [String], threads: Int
  ) throws -> BenchmarkResult {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("hiss-bench-\(UUID().uuidString).wav")
    defer { try? FileManager.default.removeItem(at: file) }
    let all =
      ["generate", SynthesisBenchmark.prompt, "--duration", "\(Int(seconds))", "--output", file.path, "--force"]
      + ["--threads", "\(threads)"] + arguments
    var times: [Double] = []
    for _ in 0..<5 {
      let start = DispatchTime.now().uptimeNanoseconds
      try run(program, all) { $0.waitUntilExit() }
      times.append(Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9)
    }
    var result = BenchmarkResult("prompt to WAV, cold, \(Int(seconds)) s", threads: threads, seconds: times.sorted()[2])
    result.realTimeFactor = seconds / times.sorted()[2]
    result.peakBytes = try peakBytes(program, all)
    return result
  }

  private static func run(_ program: URL, _ arguments: [String], wait: (Process) -> Void) throws {
    let process = Process()
    (process.executableURL, process.arguments) = (program, arguments)
    (process.standardError, process.standardOutput) = (FileHandle.nullDevice, FileHandle.nullDevice)
    try process.run()
    wait(process)
    let status = process.terminationStatus
    guard status == 0 else { throw BenchmarkError.generateFailed(status: status) }
  }

  /// The most memory that a run held, looked up every few milliseconds; nil where /proc does not tell.
  ///
  /// What the system keeps of a child that has ended (`ru_maxrss`) counts this process too, which it was forked from.
  private static func peakBytes(_ program: URL, _ arguments: [String]) throws -> Int? {
    var peak: Int?
    try run(program, arguments) { process in
      while process.isRunning {
        let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
        if let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) }) {
          peak = max(peak ?? 0, kilobytes * 1024)
        }
        usleep(3000)
      }
      process.waitUntilExit()
    }
    return peak
  }
}
