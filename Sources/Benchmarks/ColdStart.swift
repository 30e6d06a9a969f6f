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
    var times: [Double] = []
    for _ in 0..<5 {
      let process = Process()
      process.executableURL = program
      process.arguments =
        ["generate", SynthesisBenchmark.prompt, "--duration", "\(Int(seconds))", "--output", file.path]
        + ["--threads", "\(threads)"] + arguments
      process.standardError = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      let start = DispatchTime.now().uptimeNanoseconds
      try process.run()
      process.waitUntilExit()
      times.append(Double(DispatchTime.now().uptimeNanoseconds - start) * 1e-9)
      let status = process.terminationStatus
      guard status == 0 else { throw BenchmarkError.generateFailed(status: status) }
    }
    var result = BenchmarkResult("prompt to WAV, cold, \(Int(seconds)) s", threads: threads, seconds: times.sorted()[2])
    result.realTimeFactor = seconds / times.sorted()[2]
    result.peakBytes = peakBytesOfChildren
    return result
  }

  /// The most that any child of this process has held so far, in bytes.
  private static var peakBytesOfChildren: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &usage)
    return usage.ru_maxrss * 1024
  }
}

/// Why something could not be measured.
public enum BenchmarkError: Error, Equatable, Sendable, CustomStringConvertible {
  /// `hiss generate`, in a process of its own, ended with a status other than 0.
  case generateFailed(status: Int32)
  /// scripts/compare-peers asked for something that is not known here.
  case unknownWork(String)
  /// A file is no report of `hiss bench`.
  case notAReport(path: String)

  public var description: String {
    switch self {
    case .generateFailed(let status): "hiss generate failed with status \(status) while its start was measured"
    case .unknownWork(let line): "there is no work called \(line)"
    case .notAReport(let path): "\(path): this is no report of hiss bench --json"
    }
  }
}
